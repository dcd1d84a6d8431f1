import { describeArchitecture } from '../../experiment/architecture'
import type { DataShape } from '../../experiment/dataShape'
import { removeLayer, setWidth } from '../../experiment/edits'
import { goalOf } from '../../experiment/goal'
import { hasWeights, layerWidth, nameAt } from '../../experiment/layerNames'
import { everyLayer, layerAt, type LayerPlace } from '../../experiment/layerPlace'
import type { ExperimentSpec, LayerSpec } from '../../experiment/spec'
import { findTail } from '../../metrics/tail'
import { listNames } from '../insights/wording'
import { narrowestWidth } from '../widths'

/** k by name of the layer; a layer that is missing was not measured, and is left alone. */
export type UsedDirections = ReadonlyMap<string, number>

/** Where *Slim down* stands: the network accepted last, and which cuts have been too deep. */
export interface SlimSearch {
  readonly spec: ExperimentSpec
  readonly data: DataShape
  /** Of `spec`. */
  readonly directions: UsedDirections
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

export function startSearch(spec: ExperimentSpec, data: DataShape, directions: UsedDirections): SlimSearch {
  const narrowest = narrowestWidth(goalOf(spec.loss, data))
  return { spec, data, directions, narrowest, tailCut: 1, sharedCut: 1, ownCuts: {}, refused: [] }
}

/** The next cut: the tail, then all layers together, then each by itself; undefined where none is left. */
export function nextMove(search: SlimSearch): SlimMove | undefined {
  const move = cutTail(search) ?? cutAll(search) ?? cutOne(search)
  const isKnown = move && search.refused.some((spec) => isSameNetwork(spec, move.spec))
  return isKnown ? nextMove(soften(move)) : move
}

/** The search after a move. @param directions of the network that was accepted; undefined: it was refused. */
export function settleMove(move: SlimMove, directions: UsedDirections | undefined): SlimSearch {
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

// ── the tail ────────────────────────────────────────────────────────────────────────────────────────────────────────

function cutTail(search: SlimSearch): SlimMove | undefined {
  const { spec } = search
  const removed = tailLayers(search)
  if (removed.length === 0) return undefined
  const left = removed.reduceRight((before, layer) => removeLayer(before, layer), spec)
  const move: SlimMove = {
    from: search,
    spec: left,
    cut: `without ${listNames(removed.map((layer) => nameAt(spec.layers, layer)))}`,
    target: { kind: 'tail' },
  }
  // Where all of them cannot go, some may.
  return isSmaller(search, spec, left) ? move : cutTail(soften(move))
}

/** Positions of the layers of the tail to remove next: its end, as much as `tailCut` says. */
function tailLayers({ spec, directions, tailCut }: SlimSearch): readonly number[] {
  const measured = spec.layers.slice(0, -1).flatMap((layer, index) => {
    const saturation = highestSaturation(spec, layer, index, directions)
    return saturation === undefined ? [] : [{ index, saturation }]
  })
  // The final column is the best there is to judge by.
  const first = findTail(measured.map(({ saturation }) => [saturation]))
  if (first === undefined || tailCut === 0) return []
  const count = Math.ceil((measured.length - first) * tailCut)
  return measured.slice(-count).map(({ index }) => index)
}

/** Of a layer, or of any within a block, which goes as a whole; NaN where not measured, undefined without weights. */
function highestSaturation(
  { layers }: ExperimentSpec,
  layer: LayerSpec,
  index: number,
  directions: UsedDirections,
): number | undefined {
  const held = layer.kind === 'residual' ? layer.layers : [layer]
  const saturations = held.flatMap((one, inner) => {
    const width = layerWidth(one)
    const name = nameAt(layers, layer.kind === 'residual' ? [index, inner] : index)
    return width === undefined ? [] : [(directions.get(name) ?? Number.NaN) / width]
  })
  return saturations.length > 0 ? Math.max(...saturations) : undefined
}

// ── widths ──────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Candidate {
  readonly place: LayerPlace
  readonly id: number
  readonly width: number
}

/** Hidden layers whose width is theirs alone: what a block puts out has to stay as wide as what goes past it. */
function candidates({ spec }: SlimSearch): readonly Candidate[] {
  return everyLayer(spec.layers).flatMap(({ place, layer }): Candidate[] => {
    const isOutput = place === spec.layers.length - 1
    const block = typeof place === 'number' ? undefined : spec.layers[place[0]]
    const endsBlock = block?.kind === 'residual' && block.layers.at(-1) === layer
    if (!hasWeights(layer) || isOutput || endsBlock) return []
    return [{ place, id: layer.id, width: layerWidth(layer) ?? 0 }]
  })
}

function cutAll(search: SlimSearch): SlimMove | undefined {
  const { spec, sharedCut } = search
  const smaller = candidates(search).reduce(
    (left, candidate) => narrowed(search, left, candidate, shrunkWidth(search, candidate, sharedCut)),
    spec,
  )
  if (isSameNetwork(smaller, spec)) return undefined
  const widths = candidates({ ...search, spec: smaller }).map(({ width }) => width)
  return { from: search, spec: smaller, cut: `widths ${widths.join(', ')}`, target: { kind: 'shared' } }
}

/** The layer with most to cut goes first. */
function cutOne(search: SlimSearch): SlimMove | undefined {
  const { spec, ownCuts } = search
  const cuts = candidates(search).flatMap((candidate) => {
    const { place, id, width: before } = candidate
    const width = shrunkWidth(search, candidate, ownCuts[id] ?? 1)
    const smaller = narrowed(search, spec, candidate, width)
    return smaller === spec ? [] : [{ place, id, width, smaller, saved: before - width }]
  })
  const [most] = cuts.toSorted((a, b) => b.saved - a.saved)
  if (!most) return undefined
  const noun = layerAt(spec.layers, most.place)?.kind === 'dense' ? 'units' : 'channels'
  const cut = `${nameAt(spec.layers, most.place)} with ${most.width} ${noun}`
  return { from: search, spec: most.smaller, cut, target: { kind: 'own', id: most.id } }
}

/** As it is where it is no narrower, or where others have to have the same width. */
function narrowed(search: SlimSearch, spec: ExperimentSpec, { place, width }: Candidate, wanted: number) {
  if (wanted >= width) return spec
  const smaller = setWidth(spec, place, wanted)
  return isSmaller(search, spec, smaller) ? smaller : spec
}

/** Whether what is left can run and is smaller: a narrow layer that goes, or is passed by, may cost more than it took. */
function isSmaller({ data }: SlimSearch, before: ExperimentSpec, after: ExperimentSpec): boolean {
  const [were, are] = [describeArchitecture(before, data), describeArchitecture(after, data)]
  return are.faults.length <= were.faults.length && are.parameters < were.parameters
}

/** Width of a layer after a share of what it has beyond k is gone; rounded up, and never wider than it is. */
function shrunkWidth({ spec, directions, narrowest }: SlimSearch, { place, width }: Candidate, cut: number): number {
  const used = directions.get(nameAt(spec.layers, place))
  if (used === undefined || cut === 0) return width
  const wanted = width - cut * (width - used)
  return Math.min(width, Math.max(narrowest, roundUnits(wanted)))
}

/** Buffers hold units in fours, so widths between cost as much; small ones are counted one by one. */
function roundUnits(units: number): number {
  return units < 8 ? Math.ceil(units) : 4 * Math.ceil(units / 4)
}
