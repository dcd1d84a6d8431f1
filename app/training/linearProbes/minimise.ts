/** A function of many numbers and its gradient, which it writes. */
export type Objective = (at: Float64Array, gradient: Float64Array) => number

/** Steps whose curvature is remembered. */
const MEMORY = 10
/** A step must bring this share of what the slope promises (Armijo). */
const SUFFICIENT_DECREASE = 1e-4
/** Halvings after which a direction is given up: the function does not fall any more to rounding. */
const MOST_HALVINGS = 40

interface Curvature {
  readonly step: Float64Array
  readonly change: Float64Array
  /** 1 / (step · change). */
  readonly scale: number
}

/**
 * Minimises a smooth convex function, in place, by L-BFGS with backtracking (D. C. Liu and J. Nocedal 1989, “On the
 * limited memory BFGS method for large scale optimization”, Mathematical Programming 45).
 * @param at where to begin; receives the minimum.
 * @param options.tolerance of the gradient's elements there.
 */
export function minimise(
  objective: Objective,
  at: Float64Array,
  options: { readonly tolerance: number; readonly mostSteps: number },
): void {
  let gradient = new Float64Array(at.length)
  let value = objective(at, gradient)
  const memory: Curvature[] = []
  for (let step = 0; step < options.mostSteps && largest(gradient) > options.tolerance; step++) {
    const direction = descentDirection(gradient, memory)
    // Before anything is known of the curvature, a step of length 1 at most.
    const first = memory.length === 0 ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1
    const reached = lineSearch(objective, { at, value, direction, slope: dot(direction, gradient), first })
    if (!reached) break
    const moved = at.map((before, index) => reached.at[index]! - before)
    const change = reached.gradient.map((after, index) => after - gradient[index]!)
    const curvature = dot(moved, change)
    if (curvature > 0) memory.push({ step: moved, change, scale: 1 / curvature })
    if (memory.length > MEMORY) memory.shift()
    at.set(reached.at)
    gradient = reached.gradient
    value = reached.value
  }
}

/** −H·g, with the inverse Hessian H as the remembered steps have it (the two-loop recursion). */
function descentDirection(gradient: Float64Array, memory: readonly Curvature[]): Float64Array {
  const direction = gradient.map((slope) => -slope)
  const shares = memory.toReversed().map(({ step, change, scale }) => {
    const share = scale * dot(step, direction)
    addScaled(direction, -share, change)
    return share
  })
  const newest = memory.at(-1)
  if (newest) {
    const length = 1 / (newest.scale * dot(newest.change, newest.change))
    for (let index = 0; index < direction.length; index++) direction[index]! *= length
  }
  memory.forEach(({ step, change, scale }, index) => {
    addScaled(direction, shares[memory.length - 1 - index]! - scale * dot(change, direction), step)
  })
  return direction
}

interface Line {
  readonly at: Float64Array
  readonly value: number
  readonly direction: Float64Array
  /** Of the objective along the direction, at its beginning. */
  readonly slope: number
  readonly first: number
}

/** @returns undefined where no step along the line gets lower. */
function lineSearch(objective: Objective, { at, value, direction, slope, first }: Line) {
  const gradient = new Float64Array(at.length)
  let length = first
  for (let halving = 0; halving < MOST_HALVINGS; halving++) {
    const tried = at.map((from, index) => from + length * direction[index]!)
    const reached = objective(tried, gradient)
    if (reached <= value + SUFFICIENT_DECREASE * length * slope) return { at: tried, value: reached, gradient }
    length /= 2
  }
  return undefined
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0
  for (let index = 0; index < left.length; index++) sum += left[index]! * right[index]!
  return sum
}

function addScaled(target: Float64Array, factor: number, added: Float64Array): void {
  for (let index = 0; index < target.length; index++) target[index]! += factor * added[index]!
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
}
