/** A hand rests more often than it moves: points closer than this share of the pad add nothing. */
const LEAST_MOVE = 0.006

/** A stroke with one more point; the same stroke where the hand has hardly moved. Points outside stay at the edge. */
export function addPoint(stroke: readonly number[], [x, y]: readonly [x: number, y: number]): readonly number[] {
  const inside = (share: number) => Math.min(1, Math.max(0, share))
  const moved = Math.hypot(inside(x) - (stroke.at(-2) ?? 0), inside(y) - (stroke.at(-1) ?? 0))
  return moved < LEAST_MOVE ? stroke : [...stroke, inside(x), inside(y)]
}
