/**
 * Reduces a symmetric matrix to tridiagonal form T = QᵀAQ by Householder reflections, last row first, so that each
 * touches only rows before it and every inner loop runs along a row of the lower triangle.
 * @param work [order, order] the lower triangle; afterwards row i holds in columns 0 … i − 1 the vector u_i of reflection
 *   H_i = I − u_i u_iᵀ / h_i.
 * @param diagonal [order] receives T's diagonal.
 * @param offDiagonal [order] receives T's subdiagonal: element i couples i − 1 and i, element 0 is 0.
 * @returns [order] h_i = |u_i|²/2; 0 where the row was already tridiagonal and nothing was reflected.
 */
export function reduceToTridiagonal(
  work: Float64Array,
  order: number,
  diagonal: Float64Array,
  offDiagonal: Float64Array,
): Float64Array {
  const halfNorms = new Float64Array(order)
  const product = new Float64Array(order)
  for (let row = order - 1; row >= 1; row--) {
    halfNorms[row] = makeReflection(work, order, row, offDiagonal)
    if (halfNorms[row] !== 0) applyReflection(work, order, row, halfNorms[row]!, product)
  }
  for (let row = 0; row < order; row++) diagonal[row] = work[row * order + row]!
  return halfNorms
}

/** Turns row `row` left of its diagonal into the vector u of the reflection that leaves of it only its last element. */
function makeReflection(work: Float64Array, order: number, row: number, offDiagonal: Float64Array): number {
  const start = row * order
  const last = start + row - 1
  let largest = 0
  for (let index = start; index < last; index++) largest = Math.max(largest, Math.abs(work[index]!))
  if (largest === 0) {
    offDiagonal[row] = work[last]!
    return 0
  }
  largest = Math.max(largest, Math.abs(work[last]!))
  // Squares of a row far smaller than the rest of the matrix would underflow.
  let squares = 0
  for (let index = start; index <= last; index++) {
    work[index]! /= largest
    squares += work[index]! * work[index]!
  }
  const pivot = work[last]!
  // The sign that adds: subtracting nearly equal numbers would lose every digit of u.
  const reflected = pivot >= 0 ? -Math.sqrt(squares) : Math.sqrt(squares)
  work[last] = pivot - reflected
  offDiagonal[row] = largest * reflected
  return squares - pivot * reflected
}

/** A ← H A H for the leading block before `row`: A −= u qᵀ + q uᵀ with q = Au/h − u (uᵀAu)/(2h²). */
function applyReflection(
  work: Float64Array,
  order: number,
  row: number,
  halfNorm: number,
  product: Float64Array,
): void {
  const vector = work.subarray(row * order, row * order + row)
  multiplySymmetric(work, order, vector, product)
  let projection = 0
  for (let index = 0; index < row; index++) {
    product[index]! /= halfNorm
    projection += product[index]! * vector[index]!
  }
  const half = projection / (2 * halfNorm)
  for (let index = 0; index < row; index++) product[index]! -= half * vector[index]!
  for (let i = 0; i < row; i++) {
    const start = i * order
    const vectorElement = vector[i]!
    const productElement = product[i]!
    for (let j = 0; j <= i; j++) work[start + j]! -= vectorElement * product[j]! + productElement * vector[j]!
  }
}

/** product = A·vector over the leading block, reading each row of the lower triangle once for both of its parts. */
function multiplySymmetric(work: Float64Array, order: number, vector: Float64Array, product: Float64Array): void {
  const length = vector.length
  for (let i = 0; i < length; i++) {
    const start = i * order
    const element = vector[i]!
    let sum = 0
    for (let j = 0; j < i; j++) {
      const value = work[start + j]!
      sum += value * vector[j]!
      product[j]! += value * element
    }
    product[i] = sum + work[start + i]! * element
  }
}

/**
 * Multiplies the reflections out.
 * @returns [order, order] Qᵀ: row i is column i of Q, the form in which `iterateQl` rotates along rows.
 */
export function accumulateReflections(work: Float64Array, order: number, halfNorms: Float64Array): Float64Array {
  const rows = new Float64Array(order * order)
  for (let index = 0; index < order; index++) rows[index * order + index] = 1
  const product = new Float64Array(order)
  for (let row = 1; row < order; row++) {
    const halfNorm = halfNorms[row]!
    if (halfNorm === 0) continue
    const vector = work.subarray(row * order, row * order + row)
    // Q so far is not the identity only in its leading block, so only rows and columns before `row` change.
    for (let i = 0; i < row; i++) {
      const start = i * order
      let sum = 0
      for (let j = 0; j < row; j++) sum += rows[start + j]! * vector[j]!
      product[i] = sum / halfNorm
    }
    for (let i = 0; i < row; i++) {
      const start = i * order
      const element = product[i]!
      for (let j = 0; j < row; j++) rows[start + j]! -= element * vector[j]!
    }
  }
  return rows
}
