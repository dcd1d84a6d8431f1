import { planePattern } from './planePattern'

/** The pair is 3 wide and 1.5 high before it is centred and scaled to a half-width of 1. */
const SCALE = 1 / 1.5

/** Two interleaved half circles, as scikit-learn's `make_moons`, centred. */
export const moons = planePattern('two moons', (label, random) => {
  const angle = random.uniform(0, Math.PI)
  const [x, y] = label === 0 ? [Math.cos(angle), Math.sin(angle)] : [1 - Math.cos(angle), 0.5 - Math.sin(angle)]
  return [(x - 0.5) * SCALE, (y - 0.25) * SCALE]
})
