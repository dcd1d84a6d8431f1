import type { ValueAxis } from '../charts/plot'
import { formatThreshold } from '../charts/numbers'
import { niceTicks } from '../charts/ticks'
import type { DepthRow } from './depthRows'

/** Pixels of a character of a tick's label, and between labels. */
const characterPixels = 6.2
const gapPixels = 12

/** Layers from left to right; names where there is room for them. */
export function layerAxis(names: readonly string[], pixels: number): ValueAxis {
  const longest = Math.max(1, ...names.map(({ length }) => length))
  const most = Math.max(1, Math.floor(pixels / (longest * characterPixels + gapPixels)))
  const every = Math.ceil(names.length / most)
  return {
    domain: [-0.5, Math.max(1, names.length) - 0.5],
    ticks: names.map((_, index) => index).filter((index) => index % every === 0),
    format: (index) => names[index] ?? '',
    scale: 'linear',
  }
}

/** Shares from nothing to all. */
export function shareAxis(pixels: number): ValueAxis {
  const ticks = niceTicks(0, 1, Math.max(2, Math.floor(pixels / 26)))
  return { domain: [0, 1], ticks, format: formatThreshold, scale: 'linear' }
}

/**
 * Pixels of the input, doubling: receptive fields grow by factors.
 * @param largest receptive field; `edge` of the input.
 */
export function fieldAxis(largest: number, edge: number, pixels: number): ValueAxis {
  // Room for the label of the input's edge.
  const doublings = Math.ceil(Math.log2(Math.max(edge, largest) * 1.3))
  const most = Math.max(2, Math.floor(pixels / 20))
  const every = Math.max(1, Math.ceil((doublings + 1) / most))
  const ticks = Array.from({ length: Math.floor(doublings / every) + 1 }, (_, index) => 2 ** (index * every))
  return { domain: [1, 2 ** doublings], ticks, format: (value) => `${value} px`, scale: 'log' }
}

/** The layers that are predicted to add nothing, as positions from and up to; undefined where none is. */
export function unproductiveRange(
  rows: readonly (DepthRow | undefined)[],
): readonly [first: number, last: number] | undefined {
  const first = rows.findIndex((row) => row?.border?.kind === 'certain')
  return first < 0 ? undefined : [first, rows.findLastIndex((row) => row?.field)]
}

/** The layer whose share of the axis holds a pixel. */
export function layerUnder(value: number, count: number): number | undefined {
  const index = Math.floor(value + 0.5)
  return index >= 0 && index < count ? index : undefined
}
