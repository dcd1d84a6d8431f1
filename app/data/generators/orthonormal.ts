import type { RandomStream } from '../../experiment/random'

/** Independent standard normals. */
export function fillNormal(length: number, random: RandomStream): Float64Array {
  return Float64Array.from({ length }, () => random.normal())
}

/**
 * Makes the columns of a row-major [rows, columns] matrix orthonormal, in place, and returns it. Modified
 * Gram–Schmidt, every column against its predecessors twice, which keeps it orthogonal to rounding error
 * (Giraud et al. 2005). The columns must be linearly independent, as random ones are for columns ≤ rows.
 */
export function orthonormaliseColumns(matrix: Float64Array, rows: number, columns: number): Float64Array {
  for (let column = 0; column < columns; column++) {
    for (let pass = 0; pass < 2; pass++) {
      for (let earlier = 0; earlier < column; earlier++) {
        const overlap = columnProduct(matrix, rows, columns, earlier, column)
        for (let start = 0; start < rows * columns; start += columns) {
          matrix[start + column] = matrix[start + column]! - overlap * matrix[start + earlier]!
        }
      }
    }
    const length = Math.sqrt(columnProduct(matrix, rows, columns, column, column))
    for (let start = 0; start < rows * columns; start += columns)
      matrix[start + column] = matrix[start + column]! / length
  }
  return matrix
}

function columnProduct(matrix: Float64Array, rows: number, columns: number, one: number, other: number): number {
  let sum = 0
  for (let start = 0; start < rows * columns; start += columns) sum += matrix[start + one]! * matrix[start + other]!
  return sum
}
