/** Iterations one eigenvalue may take; two or three are usual. */
const MOST_ITERATIONS = 60

/**
 * Diagonalises a symmetric tridiagonal matrix by QL steps with implicit Wilkinson shifts (EISPACK tql2).
 * @param diagonal [n] becomes the eigenvalues, in no order.
 * @param offDiagonal [n] element i couples i − 1 and i; destroyed.
 * @param rows [n, n] Qᵀ of the reduction: row i becomes the eigenvector of eigenvalue i.
 * @returns false where an eigenvalue did not settle.
 */
export function iterateQl(diagonal: Float64Array, offDiagonal: Float64Array, rows: Float64Array | undefined): boolean {
  const order = diagonal.length
  // Element i shall couple i and i + 1.
  offDiagonal.copyWithin(0, 1)
  offDiagonal[order - 1] = 0
  let magnitude = 0
  let settled = true
  for (let first = 0; first < order; first++) {
    // Negligible is measured against the largest row met so far: against its neighbours alone, a row of zeros never is.
    magnitude = Math.max(magnitude, Math.abs(diagonal[first]!) + Math.abs(offDiagonal[first]!))
    const negligible = Number.EPSILON * magnitude
    let iterations = 0
    for (;;) {
      let last = first
      while (Math.abs(offDiagonal[last]!) > negligible) last++
      if (last === first) break
      if (iterations++ === MOST_ITERATIONS) {
        settled = false
        break
      }
      stepQl(diagonal, offDiagonal, rows, first, last)
    }
  }
  return settled
}

/** One implicit QL step on the unreduced block `first` … `last`, by plane rotations from its end to its start. */
function stepQl(
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  rows: Float64Array | undefined,
  first: number,
  last: number,
): void {
  const slope = (diagonal[first + 1]! - diagonal[first]!) / (2 * offDiagonal[first]!)
  const radius = Math.sqrt(slope * slope + 1)
  let bulge = diagonal[last]! - diagonal[first]! + offDiagonal[first]! / (slope + (slope >= 0 ? radius : -radius))
  let sine = 1
  let cosine = 1
  let shift = 0
  for (let index = last - 1; index >= first; index--) {
    const coupling = sine * offDiagonal[index]!
    const kept = cosine * offDiagonal[index]!
    const length = Math.sqrt(coupling * coupling + bulge * bulge)
    offDiagonal[index + 1] = length
    if (length === 0) {
      // Underflow split the block: take the shift back and let the caller find the smaller block.
      diagonal[index + 1]! -= shift
      offDiagonal[last] = 0
      return
    }
    sine = coupling / length
    cosine = bulge / length
    const shifted = diagonal[index + 1]! - shift
    const turned = (diagonal[index]! - shifted) * sine + 2 * cosine * kept
    shift = sine * turned
    diagonal[index + 1] = shifted + shift
    bulge = cosine * turned - kept
    if (rows) rotateRows(rows, diagonal.length, index, sine, cosine)
  }
  diagonal[first]! -= shift
  offDiagonal[first] = bulge
  offDiagonal[last] = 0
}

function rotateRows(rows: Float64Array, order: number, upper: number, sine: number, cosine: number): void {
  const start = upper * order
  for (let column = start; column < start + order; column++) {
    const above = rows[column]!
    const below = rows[column + order]!
    rows[column + order] = sine * above + cosine * below
    rows[column] = cosine * above - sine * below
  }
}
