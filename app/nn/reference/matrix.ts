/** A row-major matrix [rows, columns] without padding: what the float64 twins compute with. */
export interface Matrix {
  readonly rows: number
  readonly columns: number
  /** rows · columns numbers; element (r, c) is at r · columns + c. */
  readonly values: Float64Array
}

/** A matrix of zeros, or around `values` (not copied). */
export function createMatrix(rows: number, columns: number, values = new Float64Array(rows * columns)): Matrix {
  if (values.length !== rows * columns) {
    throw new RangeError(`a matrix [${rows}, ${columns}] needs ${rows * columns} values, not ${values.length}`)
  }
  return { rows, columns, values }
}
