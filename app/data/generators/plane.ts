import { planeSurface } from './planePattern'

/** A tilted plane from −1 in one corner to 1 in the opposite one: what a single linear unit can learn. */
export const plane = planeSurface('plane', (x, y) => (x + y) / 2)
