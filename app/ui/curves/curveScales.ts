import type { ValueAxis } from '../charts/plot'
import { formatDecade, formatShare, formatStepTick, formatTick } from '../charts/numbers'
import { logTicks, niceCeiling, niceFloor, niceTicks, stepTicks } from '../charts/ticks'
import { smooth, type Line } from './smoothing'

/** Averaging before the range is taken, per step: a single wild batch must not flatten the whole curve. */
const rangeSmoothing = 0.8

export interface LossRange {
  readonly low: number
  readonly high: number
}

/** Round ends, 1, 2 or 5 times a power of ten, that hold the losses; a range that grows with the run changes rarely. */
export function lossRange(training: Line, heldOut: Line): LossRange {
  let low = Infinity
  let high = 0
  for (const line of [smooth(training, rangeSmoothing), heldOut]) {
    for (let index = 0; index < line.length; index++) {
      const value = line.values[index]!
      if (!Number.isFinite(value) || value <= 0) continue
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
  }
  if (high === 0) return { low: 0.1, high: 1 }
  const top = niceCeiling(high)
  return { low: Math.min(niceFloor(low), top / 10), high: top }
}

const linePixels = 22
/** More lines than this are noise, however tall the plot. */
const mostTicks = 6

function tickCount(heightPixels: number): number {
  return Math.min(mostTicks, Math.max(2, Math.floor(heightPixels / linePixels)))
}

export function lossAxis({ low, high }: LossRange, isLog: boolean, heightPixels: number): ValueAxis {
  const most = tickCount(heightPixels)
  if (!isLog) return { domain: [0, high], ticks: niceTicks(0, high, most), format: formatTick, scale: 'linear' }
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
