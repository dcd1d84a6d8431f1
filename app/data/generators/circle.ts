import { planePattern } from './planePattern'

const DISC_RADIUS = 0.5
const RING_RADII = [0.7, 1] as const

/** A disc (class B) inside a ring (class A), both evenly filled. */
export const circle = planePattern('circle', (label, random) => {
  const [inner, outer] = label === 1 ? [0, DISC_RADIUS] : RING_RADII
  // Area grows with the square of the radius, so the square is what must be uniform.
  const radius = Math.sqrt(random.uniform(inner ** 2, outer ** 2))
  const angle = random.uniform(0, 2 * Math.PI)
  return [radius * Math.cos(angle), radius * Math.sin(angle)]
})
