import { planeSurface } from './planePattern'

/** Centre, height and radius (deviation of the bell) of each hill or hollow. */
const HILLS: readonly { readonly x: number; readonly y: number; readonly height: number; readonly radius: number }[] = [
  { x: -0.6, y: 0.5, height: 1, radius: 0.25 },
  { x: 0, y: 0.55, height: -1, radius: 0.2 },
  { x: 0.6, y: 0.45, height: 1, radius: 0.22 },
  { x: -0.55, y: -0.45, height: -1, radius: 0.25 },
  { x: 0.05, y: -0.5, height: 1, radius: 0.2 },
  { x: 0.6, y: -0.5, height: -1, radius: 0.25 },
]

/** Three hills and three hollows, bell-shaped. */
export const hills = planeSurface('hills', (x, y) =>
  HILLS.reduce((sum, hill) => {
    const squaredDistance = (x - hill.x) ** 2 + (y - hill.y) ** 2
    return sum + hill.height * Math.exp(-squaredDistance / (2 * hill.radius ** 2))
  }, 0),
)
