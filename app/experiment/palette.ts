import type { NewLayer } from './edits'
import { numberSettings } from './settings'
import type { Activation, ExperimentSpec, LayerSpec } from './spec'

/** What can be added of one kind of layer. */
interface KindPalette {
  readonly label: string
  /** One sentence: what a layer of this kind does. */
  readonly explanation: string
  /** The plainest first. */
  readonly recipes: readonly Recipe[]
}

/** A sensible width and what it is good for. */
interface Recipe {
  /** One sentence: how it compares with the layer before, and when to take it. */
  readonly explanation: string
  /** Units by those of the layer before. */
  readonly width: (before: number) => number
  readonly dropout: number
}

/** Usual for hidden dense layers; half, the original paper's choice, is for networks wider than those made here. */
const USUAL_DROPOUT = 0.2

/** Every kind of layer that a network can be built of. */
export const layerPalette: Readonly<Record<LayerSpec['kind'], KindPalette>> = {
  dense: {
    label: 'Dense',
    explanation: 'Each unit sees everything the layer before puts out.',
    recipes: [
      {
        explanation: 'As wide as the layer before: one more step of the same kind.',
        width: (before) => before,
        dropout: 0,
      },
      {
        explanation: 'Half as wide, a bottleneck: only what matters gets through.',
        width: (before) => Math.ceil(before / 2),
        dropout: 0,
      },
      {
        explanation: 'Twice as wide: room to unfold what the layer before found.',
        width: (before) => before * 2,
        dropout: 0,
      },
      {
        explanation: 'A fifth of it set to zero in each training step, against learning by heart.',
        width: (before) => before,
        dropout: USUAL_DROPOUT,
      },
    ],
  },
}

/** A layer ready to be added. */
interface LayerOffer {
  /** “Dense 64”, “Dense 64 + 20 % dropout”. */
  readonly title: string
  readonly explanation: string
  readonly layer: NewLayer
}

/** What may come before the output, sized by the last hidden layer. */
export function offerLayers(
  spec: ExperimentSpec,
  kind: LayerSpec['kind'],
  activation: Activation,
): readonly LayerOffer[] {
  const { label, recipes } = layerPalette[kind]
  const { range, default: usual } = numberSettings['layers.units']
  const before = lastHidden(spec)?.units ?? usual
  const offers = recipes.map(({ explanation, width, dropout }) => {
    const units = Math.min(range.maximum, Math.max(range.minimum, width(before)))
    const title = `${label} ${units}${dropout > 0 ? ` + ${dropout * 100} % dropout` : ''}`
    return { title, explanation, layer: { kind, units, activation, dropout } }
  })
  // At the ends of the range twice or half as wide is as wide, which the first offer says already.
  return offers.filter(({ title }, index) => offers.findIndex((other) => other.title === title) === index)
}

/** What the next hidden layer most likely has, too. */
export function usualActivation(spec: ExperimentSpec): Activation {
  return lastHidden(spec)?.activation ?? 'relu'
}

function lastHidden({ layers }: ExperimentSpec): LayerSpec | undefined {
  return layers.at(-2)
}
