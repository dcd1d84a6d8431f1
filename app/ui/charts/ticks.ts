/** Round numbers on an axis. All functions are pure; pixels are CSS pixels. */

/** Smallest of 1, 2 or 5 times a power of ten that is ≥ `value`; 1 for values that are not positive. */
export function niceCeiling(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1
  const decade = 10 ** Math.floor(Math.log10(value))
  for (const factor of [1, 2, 5, 10]) {
    // Multiplying by a negative power of ten may land one rounding below the value it stands for.
    if (factor * decade * (1 + 1e-12) >= value) return cleanDecimal(factor * decade)
  }
  return cleanDecimal(10 * decade)
}

/** Where a linear axis from 0 ends: the next of about five round divisions, so that little of the plot stays empty. */
export function niceTop(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1
  const spacing = niceCeiling(value / 5)
  return cleanDecimal(Math.ceil(value / spacing - 1e-9) * spacing)
}

/** Multiples of a round spacing from `low` to `high`, both included where they are multiples; at most `most` of them. */
export function niceTicks(low: number, high: number, most: number): number[] {
  const spacing = niceCeiling((high - low) / Math.max(1, most - 1))
  const ticks: number[] = []
  for (let index = Math.ceil(low / spacing - 1e-9); index * spacing <= high + spacing * 1e-9; index++) {
    ticks.push(cleanDecimal(index * spacing))
  }
  return ticks
}

/** Ticks of a step axis from 0 to `plannedSteps`: whole steps, far enough apart for their labels. */
export function stepTicks(plannedSteps: number, widthPixels: number): number[] {
  const most = Math.max(2, Math.floor(widthPixels / 56))
  const ticks = niceTicks(0, plannedSteps, most).filter(Number.isInteger)
  // An axis that is not a multiple of its spacing ends on its own number if the label before leaves it room.
  const last = ticks.at(-1) ?? 0
  const roomPixels = ((plannedSteps - last) / Math.max(1, plannedSteps)) * widthPixels
  if (last !== plannedSteps && roomPixels >= 56) ticks.push(plannedSteps)
  return ticks
}

/** Largest of 1, 2 or 5 times a power of ten that is ≤ `value`; 1 for values that are not positive. */
export function niceFloor(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1
  const above = niceCeiling(value)
  if (above <= value * (1 + 1e-12)) return above
  return cleanDecimal(1 / niceCeiling(1 / value))
}

/** Ticks of a logarithmic axis: 1, 2 and 5 of every decade where there is room for at most `most`, else whole decades. */
export function logTicks(low: number, high: number, most: number): number[] {
  const ticks: number[] = []
  for (let tick = niceCeiling(low); tick <= high * (1 + 1e-9); tick = niceCeiling(tick * 1.01)) ticks.push(tick)
  return ticks.length <= most ? ticks : decadeTicks(low, high, most)
}

/** Powers of ten within [low, high], thinned evenly to at most `most`; the highest is always kept. */
export function decadeTicks(low: number, high: number, most: number): number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9)
  const last = Math.floor(Math.log10(high) + 1e-9)
  const every = Math.max(1, Math.ceil((last - first + 1) / Math.max(1, most)))
  const ticks: number[] = []
  for (let exponent = last; exponent >= first; exponent -= every) ticks.unshift(Number(`1e${exponent}`))
  return ticks
}

/** Ticks of an axis that counts directions 1…`width`: both ends, and round numbers between with room for labels. */
export function directionTicks(width: number, widthPixels: number): number[] {
  if (width <= 1) return [1]
  const most = Math.max(2, Math.floor(widthPixels / 44))
  const spacing = powerOfTwoSpacing(width, most)
  const ticks = [1]
  for (let tick = spacing; tick < width; tick += spacing) {
    const clearOfStart = tick - 1 >= spacing / 2
    const clearOfEnd = width - tick >= spacing / 2
    if (clearOfStart && clearOfEnd) ticks.push(tick)
  }
  ticks.push(width)
  return ticks
}

/** Layer widths are mostly powers of two, so their axes read best in halves; others get 1, 2, 5. */
function powerOfTwoSpacing(width: number, most: number): number {
  if ((width & (width - 1)) !== 0) return Math.max(1, niceCeiling(width / (most - 1)))
  let spacing = 1
  while (width / spacing > most - 1) spacing *= 2
  return spacing
}

/** Removes the binary noise of products such as 3 · 0.1. */
function cleanDecimal(value: number): number {
  return Number(value.toPrecision(12))
}
