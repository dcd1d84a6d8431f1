/** Values by step, to be drawn as a line; values that are not finite break it. */
export interface Line {
  readonly steps: ArrayLike<number>
  readonly values: ArrayLike<number>
  readonly length: number
}

/**
 * Exponential moving average over steps, without the pull of an arbitrary start: each value is Σ wᵢxᵢ/Σ wᵢ with
 * wᵢ = smoothing^(steps since i). It depends on steps and not on points, so thinning the series changes nothing.
 * @param smoothing weight of the past per step, 0 ≤ smoothing < 1; 0 leaves the line as it is.
 */
export function smooth(line: Line, smoothing: number): Line {
  if (smoothing === 0) return line
  const values = new Float64Array(line.length)
  let sum = 0
  let weight = 0
  let lastStep = 0
  // Points are mostly equally far apart, and powers are what this loop would spend its time on.
  let distance = 1
  let kept = smoothing
  for (let index = 0; index < line.length; index++) {
    const step = line.steps[index]!
    const value = line.values[index]!
    if (!Number.isFinite(value)) {
      values[index] = Number.NaN
      continue
    }
    if (step - lastStep !== distance) {
      distance = step - lastStep
      kept = smoothing ** distance
    }
    // A point that stands for several steps weighs as much as they would one by one.
    sum = kept * sum + (1 - kept) * value
    weight = kept * weight + (1 - kept)
    lastStep = step
    values[index] = weight > 0 ? sum / weight : value
  }
  return { steps: line.steps, values, length: line.length }
}

/** About how many steps an average looks back on: 1/(1 − smoothing). */
export function stepsAveraged(smoothing: number): number {
  return Number((1 / (1 - smoothing)).toPrecision(3))
}

export function smoothingOver(steps: number): number {
  return 1 - 1 / Math.max(1, steps)
}
