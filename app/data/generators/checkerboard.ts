import { planePattern } from './planePattern'

const CELLS_PER_SIDE = 4

/** Four by four cells over [−1, 1]² in alternating classes. */
export const checkerboard = planePattern('checkerboard', (label, random) => {
  const row = random.integer(CELLS_PER_SIDE)
  // Of each row's cells, every second one has this class.
  const column = 2 * random.integer(CELLS_PER_SIDE / 2) + ((row + label) % 2)
  const toPlane = (cell: number) => ((cell + random.uniform()) / CELLS_PER_SIDE) * 2 - 1
  return [toPlane(column), toPlane(row)]
})
