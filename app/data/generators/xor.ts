import { planePattern } from './planePattern'

/** Half the width of the empty cross between the quadrants, so that clean classes do not touch. */
const GAP = 0.06

/** Exclusive-or: class B where x and y have the same sign, class A where they differ. */
export const xor = planePattern('exclusive or', (label, random) => {
  const right = random.integer(2) === 1
  const upper = right === (label === 1)
  const x = random.uniform(GAP, 1)
  const y = random.uniform(GAP, 1)
  return [right ? x : -x, upper ? y : -y]
})
