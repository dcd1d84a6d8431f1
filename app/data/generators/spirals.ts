import { planePattern } from './planePattern'

const TURNS = 1.75
/** Where the arms begin, away from the centre, in which they would touch. */
const START = 0.05

/** Two intertwined Archimedean spirals (radius grows with the angle), the arms half a turn apart. */
export const spirals = planePattern('two spirals', (label, random) => {
  const radius = random.uniform(START, 1)
  const angle = 2 * Math.PI * TURNS * radius + label * Math.PI
  return [radius * Math.sin(angle), radius * Math.cos(angle)]
})
