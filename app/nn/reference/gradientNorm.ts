/**
 * Float64 twin of shaders/nn/gradient_norm.wgsl: adds the derivative of l1·Σ|w| + l2·½Σw² to the gradient of the
 * weights, in place.
 * @param weightLength elements, from the start, that are weights; the rest are biases.
 * @returns the sum of the squares of all gradients.
 */
export function penalisedSquares(
  gradients: Float64Array,
  parameters: Float64Array,
  weightLength: number,
  { l1, l2 }: { readonly l1: number; readonly l2: number },
): number {
  if (l1 !== 0 || l2 !== 0) {
    for (let at = 0; at < weightLength; at++) {
      gradients[at]! += l1 * Math.sign(parameters[at]!) + l2 * parameters[at]!
    }
  }
  let squares = 0
  for (let at = 0; at < gradients.length; at++) squares += gradients[at]! * gradients[at]!
  return squares
}
