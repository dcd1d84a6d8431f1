import type { ValueAxis } from '../charts/plot'
import { formatDecade, formatShare, formatStepTick, formatTick } from '../charts/numbers'
import { logTicks, niceCeiling, niceFloor, niceTicks, niceTop, stepTicks } from '../charts/ticks'
import type { RunCurves } from './runCurves'
import { smooth } from './smoothing'

/** Averaging before the range is taken, per step: a single wild batch must not flatten the whole curve. */
const rangeSmoothing = 0.8

/** Round numbers that hold the losses, so that axes change rarely while a run goes on. */
export interface LossRange {
  /** Ends of a logarithmic axis: 1, 2 or 5 times a power of ten. */
  readonly low: number
  readonly high: number
  /** End of a linear axis, which starts at 0. */
  readonly top: number
}

/** Range of what was measured in all runs; a single wild batch does not widen it much. */
export function lossRange(curves: readonly Pick<RunCurves, 'raw' | 'heldOut'>[]): LossRange {
  let low = Infinity
  let high = 0
  for (const line of curves.flatMap(({ raw, heldOut }) => [smooth(raw, rangeSmoothing), heldOut])) {
    for (let index = 0; index < line.length; index++) {
      const value = line.values[index]!
      if (!Number.isFinite(value) || value <= 0) continue
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
  }
  if (high === 0) return { low: 0.1, high: 1, top: 1 }
  const ceiling = niceCeiling(high)
  return { low: Math.min(niceFloor(low), ceiling / 10), high: ceiling, top: niceTop(high) }
}

const linePixels = 22
/** More lines than this are noise, however tall the plot. */
const mostTicks = 6

function tickCount(heightPixels: number): number {
  return Math.min(mostTicks, Math.max(2, Math.floor(heightPixels / linePixels)))
}

export function lossAxis({ low, high, top }: LossRange, isLog: boolean, heightPixels: number): ValueAxis {
  const most = tickCount(heightPixels)
  if (!isLog) return { domain: [0, top], ticks: niceTicks(0, top, most), format: formatTick, scale: 'linear' }
  return { domain: [low, high], ticks: logTicks(low, high, most), format: formatLogTick, scale: 'log' }
}

export function accuracyAxis(heightPixels: number): ValueAxis {
  const ticks = niceTicks(0, 1, tickCount(heightPixels))
  return { domain: [0, 1.02], ticks, format: formatShare, scale: 'linear' }
}

export function stepAxis(plannedSteps: number, widthPixels: number): ValueAxis {
  return {
    domain: [0, plannedSteps],
    ticks: stepTicks(plannedSteps, widthPixels),
    format: formatStepTick,
    scale: 'linear',
  }
}

function formatLogTick(value: number): string {
  const isDecade = Number.isInteger(Number(Math.log10(value).toFixed(9)))
  return isDecade ? formatDecade(value) : formatTick(value)
}
