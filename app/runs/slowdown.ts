/**
 * What an integrated graphics processor needs for a training step of a small network, as a yardstick: it is busy with
 * starting some twenty dispatches, and multiplies matrices this small at a tenth of its peak of about 1 TFLOP/s.
 */
const INTEGRATED_GPU = { millisToStart: 0.3, flopsPerMilli: 1e8 } as const

/**
 * How many times longer a step takes here than on an integrated GPU, to one significant digit so that it does not
 * flicker.
 * @param millisPerStep measured on this machine.
 */
export function estimateSlowdown(millisPerStep: number, flopsPerStep: number): number {
  const expectedMillis = INTEGRATED_GPU.millisToStart + flopsPerStep / INTEGRATED_GPU.flopsPerMilli
  return Math.max(1, Number((millisPerStep / expectedMillis).toPrecision(1)))
}
