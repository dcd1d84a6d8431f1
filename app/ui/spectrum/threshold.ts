/** δ as it is set by hand: round numbers, finer where δ is close to 1. */

export const SMALLEST_THRESHOLD = 0.5
export const LARGEST_THRESHOLD = 0.9999

/** Grid of δ from each bound upwards. */
const grids = [
  { from: 0.999, step: 0.0001 },
  { from: 0.99, step: 0.001 },
  { from: 0.95, step: 0.005 },
  { from: SMALLEST_THRESHOLD, step: 0.01 },
]

const slack = 1e-9

/** The nearest round δ in its range. */
export function snapThreshold(threshold: number): number {
  const inside = Math.min(LARGEST_THRESHOLD, Math.max(SMALLEST_THRESHOLD, threshold))
  const step = stepFrom(inside)
  return tidy(Math.min(LARGEST_THRESHOLD, Math.round(inside / step) * step))
}

/** The next round δ above (+1) or below (−1). */
export function nextThreshold(threshold: number, direction: 1 | -1): number {
  const step = stepFrom(direction > 0 ? threshold : threshold - slack * 2)
  const index = threshold / step
  const next = direction > 0 ? Math.floor(index + slack * 10) + 1 : Math.ceil(index - slack * 10) - 1
  return tidy(Math.min(LARGEST_THRESHOLD, Math.max(SMALLEST_THRESHOLD, next * step)))
}

function stepFrom(threshold: number): number {
  return grids.find(({ from }) => threshold >= from - slack)?.step ?? 0.01
}

function tidy(threshold: number): number {
  return Number(threshold.toFixed(6))
}

const landmarks = [SMALLEST_THRESHOLD, 0.9, 0.95, 0.99, 0.999, LARGEST_THRESHOLD]

/** What a key does to δ, or undefined for keys that are not the slider's. */
export function thresholdByKey(key: string, threshold: number): number | undefined {
  switch (key) {
    case 'ArrowUp':
    case 'ArrowRight':
      return nextThreshold(threshold, 1)
    case 'ArrowDown':
    case 'ArrowLeft':
      return nextThreshold(threshold, -1)
    case 'PageUp':
      return landmarks.find((landmark) => landmark > threshold + slack) ?? LARGEST_THRESHOLD
    case 'PageDown':
      return landmarks.findLast((landmark) => landmark < threshold - slack) ?? SMALLEST_THRESHOLD
    case 'Home':
      return SMALLEST_THRESHOLD
    case 'End':
      return LARGEST_THRESHOLD
    default:
      return undefined
  }
}
