import type { TaskShape } from '../../experiment/dataShape'
import { removeLayer, setUnits } from '../../experiment/edits'
import { layerNames } from '../../experiment/layerNames'
import type { ExperimentSpec } from '../../experiment/spec'
import { findTail } from '../../metrics/tail'
import { listNames } from '../insights/wording'
import { narrowestWidth } from '../widths'

/** Where *Slim down* stands: the network accepted last, and which cuts have been too deep. */
export interface SlimSearch {
  readonly spec: ExperimentSpec
  /** k by layer of `spec`; undefined where not measured: such a layer is left alone. */
  readonly directions: readonly (number | undefined)[]
  /** No hidden layer gets narrower than this. */
  readonly narrowest: number
  /** Share of the tail to remove next; 0 once even one layer was too much. */
  readonly tailCut: number
  /** Share of what all layers have beyond k to take away next; 0 once the smallest was too much. */
  readonly sharedCut: number
  /** The same by layer id, tried one by one after that; 1 where it is missing. */
  readonly ownCuts: Readonly<Record<number, number>>
  /** Networks that fell short: rounding may lead to one of them again. */
  readonly refused: readonly ExperimentSpec[]
}

/** One cut to try. */
export interface SlimMove {
  /** The search that asks for it. */
  readonly from: SlimSearch
  readonly spec: ExperimentSpec
  readonly cut: string
  readonly target: { readonly kind: 'tail' | 'shared' } | { readonly kind: 'own'; readonly id: number }
}

/** A cut that was too deep is halved until it is smaller than this. */
const SMALLEST_CUT = 0.25

/**
 * @param directions k by layer.
 */
export function startSearch(
  spec: ExperimentSpec,
  task: TaskShape,
  directions: readonly (number | undefined)[],
): SlimSearch {
  return { spec, directions, narrowest: narrowestWidth(task), tailCut: 1, sharedCut: 1, ownCuts: {}, refused: [] }
}

/** The next cut: the tail, then all layers together, then each by itself; undefined where none is left. */
export function nextMove(search: SlimSearch): SlimMove | undefined {
  const move = cutTail(search) ?? cutAll(search) ?? cutOne(search)
  const isKnown = move && search.refused.some((spec) => isSameNetwork(spec, move.spec))
  return isKnown ? nextMove(soften(move)) : move
}

/** The search after a move. @param directions k by layer of the network that was accepted; undefined: it was refused. */
export function settleMove(move: SlimMove, directions: readonly (number | undefined)[] | undefined): SlimSearch {
  if (directions) return { ...move.from, spec: move.spec, directions }
  return { ...soften(move), refused: [...move.from.refused, move.spec] }
}

/** Seeds differ from trial to trial and names say nothing; the layers are what was asked for. */
export function isSameNetwork(one: ExperimentSpec, other: ExperimentSpec): boolean {
  return JSON.stringify(one.layers) === JSON.stringify(other.layers)
}

/** The search with a smaller cut than that of the move. */
function soften({ from, target }: SlimMove): SlimSearch {
  switch (target.kind) {
    case 'tail':
      return { ...from, tailCut: tailLayers(from).length > 1 ? halved(from.tailCut) : 0 }
    case 'shared':
      return { ...from, sharedCut: halved(from.sharedCut) }
    case 'own':
      return { ...from, ownCuts: { ...from.ownCuts, [target.id]: halved(from.ownCuts[target.id] ?? 1) } }
  }
}

function halved(cut: number): number {
  return cut / 2 < SMALLEST_CUT ? 0 : cut / 2
}

function cutTail(search: SlimSearch): SlimMove | undefined {
  const removed = tailLayers(search)
  if (removed.length === 0) return undefined
  const names = layerNames(search.spec.layers.length)
  const spec = removed.reduceRight((left, layer) => removeLayer(left, layer), search.spec)
  const listed = removed.map((layer) => names[layer] ?? '')
  return { from: search, spec, cut: `without ${listNames(listed)}`, target: { kind: 'tail' } }
}

/** Positions of the layers of the tail to remove next: its end, as much as `tailCut` says. */
function tailLayers({ spec, directions, tailCut }: SlimSearch): readonly number[] {
  const hidden = spec.layers.slice(0, -1)
  // The final column is the best there is to judge by.
  const first = findTail(hidden.map(({ units }, layer) => [(directions[layer] ?? Number.NaN) / units]))
  if (first === undefined || tailCut === 0) return []
  const count = Math.ceil((hidden.length - first) * tailCut)
  return Array.from({ length: count }, (_, index) => hidden.length - count + index)
}

function cutAll(search: SlimSearch): SlimMove | undefined {
  const { spec, sharedCut } = search
  const hidden = spec.layers.slice(0, -1)
  const widths = hidden.map((_, layer) => shrunkWidth(search, layer, sharedCut))
  if (widths.every((width, layer) => width === hidden[layer]?.units)) return undefined
  const smaller = widths.reduce((left, width, layer) => setUnits(left, layer, width), spec)
  return { from: search, spec: smaller, cut: `widths ${widths.join(', ')}`, target: { kind: 'shared' } }
}

/** The layer with most to cut goes first. */
function cutOne(search: SlimSearch): SlimMove | undefined {
  const { spec, ownCuts } = search
  const names = layerNames(spec.layers.length)
  const cuts = spec.layers.slice(0, -1).flatMap(({ id, units }, layer) => {
    const width = shrunkWidth(search, layer, ownCuts[id] ?? 1)
    return width < units ? [{ id, layer, width, saved: units - width }] : []
  })
  const [most] = cuts.toSorted((a, b) => b.saved - a.saved)
  if (!most) return undefined
  const { id, layer, width } = most
  const cut = `${names[layer] ?? ''} with ${width} units`
  return { from: search, spec: setUnits(spec, layer, width), cut, target: { kind: 'own', id } }
}

/** Width of a layer after a share of what it has beyond k is gone; rounded up, and never wider than it is. */
function shrunkWidth({ spec, directions, narrowest }: SlimSearch, layer: number, cut: number): number {
  const units = spec.layers[layer]?.units ?? 0
  const used = directions[layer]
  if (used === undefined || cut === 0) return units
  const wanted = units - cut * (units - used)
  return Math.min(units, Math.max(narrowest, roundUnits(wanted)))
}

/** Buffers hold units in fours, so widths between cost as much; small ones are counted one by one. */
function roundUnits(units: number): number {
  return units < 8 ? Math.ceil(units) : 4 * Math.ceil(units / 4)
}
