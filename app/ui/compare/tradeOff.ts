import type { Letter } from '../../runs/state'
import { readCurve, type Quantity, type RunCurves } from '../curves/runCurves'
import { spreadLabels } from '../curves/spreadLabels'
import { typePixels } from '../theme/typeScale'
import { niceCeiling, niceFloor, niceTop } from '../charts/ticks'

/** A run as a point: how large its network is and what it achieves. */
export interface TradeOffPoint {
  readonly letter: Letter
  /** Parameters, or floating-point operations. */
  readonly size: number
  /** Accuracy or loss at the step shown; NaN before it is measured. */
  readonly value: number
  /** The same at earlier steps, the oldest first. */
  readonly trail: readonly number[]
}

/** Earlier places that are shown, evenly spaced in steps. */
const trailLength = 16

export function tradeOffPoint(
  curve: RunCurves,
  part: 'heldOut' | 'training',
  size: number,
  shownStep: number | undefined,
): TradeOffPoint {
  const read = (step: number) => readCurve(curve[part], curve.reached, step)
  const last = Math.min(shownStep ?? Infinity, curve.reached)
  const steps = Array.from({ length: trailLength }, (_, index) => (index / trailLength) * last)
  return {
    letter: curve.letter,
    size,
    value: readCurve(curve[part], curve.reached, shownStep),
    trail: steps.map(read).filter(Number.isFinite),
  }
}

// ── ranges that rest ────────────────────────────────────────────────────────────────────────────────────────────────

export interface Range {
  readonly low: number
  readonly high: number
}

/** A range in use is left for a smaller one only where this much smaller would do. */
const mostWasted = 2.5
/** Air between the worst value and the end of the axis. */
const valueMargin = 1.05
/** Below this noise would fill the chart: the least part of an accuracy's axis. */
const leastError = 0.02

/**
 * A round range from what is perfect, no loss or all right, to beyond the worst value; the same object while the
 * values move within it and fill enough of it.
 */
export function steadyRange(values: readonly number[], quantity: Quantity, before?: Range): Range {
  const finite = values.filter(Number.isFinite)
  if (finite.length === 0) return before ?? { low: 0, high: 1 }
  if (quantity === 'loss') {
    const high = steadyTop(Math.max(...finite), before?.high)
    return high === before?.high ? before : { low: 0, high }
  }
  const error = Math.max(leastError, 1 - Math.min(...finite))
  const low = Math.max(0, clean(1 - steadyTop(error, before && clean(1 - before.low))))
  return low === before?.low ? before : { low, high: 1 }
}

/** The end of an axis from 0 that holds `worst`, as it was where that is still fitting. */
function steadyTop(worst: number, before: number | undefined): number {
  const next = niceTop(worst * valueMargin)
  const isFitting = before !== undefined && worst <= before && before <= mostWasted * next
  return isFitting ? before : next
}

/** Removes the binary noise of differences such as 1 − 0.8. */
function clean(value: number): number {
  return Number(value.toFixed(12))
}

/** Room beyond the smallest and the largest network, as a ratio. */
const sizeMargin = 1.15

/** Round ends of a logarithmic axis around the sizes of networks; these change with edits only. */
export function sizeRange(sizes: readonly number[]): Range {
  const low = niceFloor(Math.min(...sizes) / sizeMargin)
  const high = niceCeiling(Math.max(...sizes) * sizeMargin)
  return { low, high: Math.max(high, niceCeiling(low * 5)) }
}

// ── letters ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Place {
  readonly x: number
  readonly y: number
}

/** Letters closer than this side by side would touch, pixels. */
const letterWidth = () => typePixels(26)
const letterHeight = () => typePixels(14)

/** Heights for the letters beside points, so that none covers another; by index. */
export function placeLetters(points: readonly Place[], low: number, high: number): readonly number[] {
  const order = points.map((_, index) => index).toSorted((one, other) => points[one]!.x - points[other]!.x)
  const heights = points.map(({ y }) => y)
  let group: number[] = []
  const settle = () => {
    const spread = spreadLabels(
      group.map((index) => points[index]!.y),
      letterHeight(),
      low,
      high,
    )
    group.forEach((index, position) => (heights[index] = spread[position]!))
    group = []
  }
  for (const index of order) {
    const last = group.at(-1)
    if (last !== undefined && points[index]!.x - points[last]!.x > letterWidth()) settle()
    group.push(index)
  }
  settle()
  return heights
}

/** Pointers this near a point mean it, pixels. */
const reach = 32

/** The point nearest to the pointer, or undefined where none is meant. */
export function nearestPoint(points: readonly Place[], pointer: Place): number | undefined {
  const distances = points.map(({ x, y }) => Math.hypot(x - pointer.x, y - pointer.y))
  const least = Math.min(...distances)
  return least <= reach ? distances.indexOf(least) : undefined
}
