import { ENOUGH_IMAGES, ENOUGH_SAMPLES_PER_FEATURE, type LayerSpectrum } from '../../metrics/layerSpectrum'
import { cumulativeVariance } from '../../metrics/varianceSums'
import type { MeasuredSpectrum } from '../../metrics/spectrum'
import { formatCount } from '../common/format'
import { formatShare, formatThreshold } from '../charts/numbers'

/** What the row of a layer says, in the words of the page. */
export interface RowText {
  /** “41 of 128”, with “±2” where k is only bracketed; “dead”. */
  readonly count: string
  /** “32 %”; empty where there is no saturation. */
  readonly share: string
  /** “n/d 3” where so few samples bias k low, “n 40” where it is so few images. */
  readonly caution: string | undefined
}

export function describeRow(spectrum: LayerSpectrum, width: number): RowText {
  const caution = spectrum.provisional && spectrum.state !== 'non-finite' ? shortCaution(spectrum) : undefined
  const text = stateWord(spectrum)
  if (text !== undefined) return { count: text, share: '', caution }
  return {
    count: `${countDirections(spectrum)} of ${formatCount(width)}`,
    share: formatShare(spectrum.saturation),
    caution,
  }
}

/** “41”, with “±2” where k is only bracketed. */
function countDirections(spectrum: LayerSpectrum): string {
  const spread = halfInterval(spectrum)
  const count = formatCount(spectrum.intrinsicDimension)
  return spread > 0 ? `${count} ±${formatCount(spread)}` : count
}

/** “41 · 32 %” where the width is said elsewhere, or why there is no such number. */
export function describeUse(spectrum: LayerSpectrum): string {
  return stateWord(spectrum) ?? `${countDirections(spectrum)} · ${formatShare(spectrum.saturation)}`
}

/** How far k may be off to the wider side; 0 where it is certain. */
export function halfInterval({ intrinsicDimension: k, interval: [low, high] }: LayerSpectrum): number {
  return Math.max(k - low, high - k, 0)
}

function stateWord({ state }: LayerSpectrum): string | undefined {
  if (state === 'non-finite') return 'NaN or ∞'
  if (state === 'not-converged') return 'not converged'
  return state === 'dead' ? 'dead' : undefined
}

function shortCaution({ samplesPerFeature, images = 0 }: LayerSpectrum): string {
  if (samplesPerFeature < ENOUGH_SAMPLES_PER_FEATURE) return `n/d ${formatRatio(samplesPerFeature)}`
  return `n ${formatCount(images)}`
}

/** Samples per feature with two digits at most: “0.5”, “3.2”, “9”. */
function formatRatio(samplesPerFeature: number): string {
  return String(Number(samplesPerFeature.toPrecision(2)))
}

/** “7 of 128 directions carry 99 %”, or why there is no such number. */
export function describeDirections(spectrum: LayerSpectrum, width: number): string {
  const { state, intrinsicDimension: k, threshold, convention } = spectrum
  if (state === 'non-finite') return 'The activations contain NaN or infinity'
  if (state === 'not-converged') return 'The eigenvalues have not converged'
  if (state === 'dead') return 'Dead: the same activations for every sample'
  const counted = `${formatCount(k)} of ${formatCount(width)} directions`
  const carry = k === 1 ? 'carries' : 'carry'
  // Delve counts the directions before the one that reaches δ, so those it counts carry less.
  return convention === 'delve'
    ? `Delve counts ${counted} at ${formatThreshold(threshold)}`
    : `${counted} ${carry} ${formatThreshold(threshold)}`
}

/** “The other 87 carry 1 % of the variance.” Nothing where there are no others, or no variance. */
export function describeOthers(measured: MeasuredSpectrum, spectrum: LayerSpectrum, width: number): string | undefined {
  if (spectrum.state !== 'ok') return undefined
  const others = width - spectrum.intrinsicDimension
  if (others === 0) return 'Every direction is used.'
  const sums = cumulativeVariance(measured)
  const trace = sums.at(-1) ?? 0
  if (trace === 0) return undefined
  const carried = spectrum.intrinsicDimension === 0 ? 0 : (sums[spectrum.intrinsicDimension - 1] ?? trace)
  return `The other ${formatCount(others)} ${others === 1 ? 'carries' : 'carry'} ${formatShare(1 - carried / trace)} of the variance.`
}

/** Why a number must be read with care; undefined where it need not be. */
export function describeCaution(spectrum: LayerSpectrum): string | undefined {
  if (!spectrum.provisional || spectrum.state === 'non-finite') return undefined
  const { samplesPerFeature, images = 0 } = spectrum
  if (samplesPerFeature < ENOUGH_SAMPLES_PER_FEATURE) {
    return `Provisional: ${formatRatio(samplesPerFeature)} samples per feature; below 10 the count comes out too low.`
  }
  return `Provisional: the positions of ${formatCount(images)} ${images === 1 ? 'image' : 'images'}; below ${ENOUGH_IMAGES} the count comes out too low.`
}
