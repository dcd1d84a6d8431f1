import type { HistoryColumn } from '../../runs/state'
import type { ValueAxis } from '../charts/plot'
import { formatDecade, formatThreshold, formatTick } from '../charts/numbers'
import { decadeTicks, directionTicks, niceTicks, niceTop } from '../charts/ticks'

/** Axes of the spectrum. Their domains come from the whole history of a layer, so that nothing jumps while scrubbing. */

/** f32 eigenvalues below this share of the largest are rounding. */
const deepestShare = 1e-7

/** What the eigenvalues of one output span over a run. */
export interface EigenvalueRange {
  readonly largest: number
  /** Smallest positive one, not below what f32 resolves. */
  readonly smallest: number
}

export function eigenvalueRange(columns: readonly HistoryColumn[], output: number): EigenvalueRange {
  let largest = 0
  let smallest = Infinity
  for (const column of columns) {
    const eigenvalues = column.spectra[output]?.eigenvalues
    if (!eigenvalues || eigenvalues.length === 0) continue
    largest = Math.max(largest, eigenvalues[0]!)
    smallest = Math.min(smallest, Math.max(0, eigenvalues[eigenvalues.length - 1]!))
  }
  if (!(largest > 0) || !Number.isFinite(largest)) return { largest: 1, smallest: deepestShare }
  return { largest, smallest: Math.max(largest * deepestShare, Math.min(smallest, largest)) }
}

/**
 * The range with its ends rounded outwards as the axes round them. Every column of a run has a new smallest eigenvalue,
 * and an axis that is given other numbers lays itself out anew, even where it would look the same.
 */
export function roundRange({ largest, smallest }: EigenvalueRange): EigenvalueRange {
  return { largest: niceTop(largest), smallest: Number(`1e${Math.floor(Math.log10(smallest))}`) }
}

/** Room for one line of labels, pixels. */
const linePixels = 22
/** The nines are five labels or three; five may stand closer. */
const nineLinePixels = 16

/** Eigenvalues upwards: from 0 to a round number, or whole decades. */
export function eigenvalueAxis(range: EigenvalueRange, isLog: boolean, heightPixels: number): ValueAxis {
  const most = Math.max(2, Math.floor(heightPixels / linePixels))
  if (!isLog) {
    const top = niceTop(range.largest)
    return { domain: [0, top], ticks: niceTicks(0, top, most), format: formatTick, scale: 'linear' }
  }
  const topExponent = Math.ceil(Math.log10(range.largest))
  const bottomExponent = Math.min(topExponent - 1, Math.floor(Math.log10(range.smallest)))
  const domain = [Number(`1e${bottomExponent}`), Number(`1e${topExponent}`)] as const
  return { domain, ticks: decadeTicks(domain[0], domain[1], most), format: formatDecade, scale: 'log' }
}

/** Directions 1…width, each with half a unit of room on both sides. */
export function directionAxis(width: number, widthPixels: number): ValueAxis {
  return { domain: [0.5, width + 0.5], ticks: directionTicks(width, widthPixels), format: formatTick, scale: 'linear' }
}

/** Share and its place on the axis: the share itself, or on a logarithmic axis how many nines it has: −log₁₀(1 − share). */
export interface ShareScale {
  toAxis(share: number): number
  fromAxis(position: number): number
}

/** Where a full share rests on the axis of nines, a little above 99.99 %, the largest δ. */
const mostNines = 4.2
/** Both axes end a little above a full share, so that its line is not cut in half. */
const headroom = 1.02

const evenShares: ShareScale = { toAxis: (share) => share, fromAxis: (position) => position }
const nines: ShareScale = {
  toAxis: (share) => Math.min(mostNines, -Math.log10(Math.max(Number.MIN_VALUE, 1 - share))),
  fromAxis: (position) => 1 - 10 ** -position,
}

export function shareScale(isLog: boolean): ShareScale {
  return isLog ? nines : evenShares
}

/** Cumulative shares upwards: 0 to 100 %, or the nines, where 90, 99 and 99.9 % lie evenly. */
export function shareAxis(isLog: boolean, heightPixels: number): ValueAxis {
  if (isLog) {
    const format = (position: number) => formatThreshold(nines.fromAxis(position))
    return {
      domain: [0, mostNines * headroom],
      ticks: heightPixels >= 5 * nineLinePixels ? [0, 1, 2, 3, 4] : [0, 2, 4],
      format,
      scale: 'linear',
    }
  }
  const ticks = niceTicks(0, 1, Math.max(2, Math.floor(heightPixels / linePixels)))
  return { domain: [0, headroom], ticks, format: formatThreshold, scale: 'linear' }
}
