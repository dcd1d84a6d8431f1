/** A closed polygon, [x, y, x, y, …]; y points down. */
export type Outline = readonly number[]

/** Corners of a whole circle: at the largest pictures the straight pieces are a twentieth of a pixel off. */
const CIRCLE_CORNERS = 28

/**
 * Points on a circle from one angle to another, in degrees; clockwise on the screen where the second is larger. Of a
 * whole turn the last point, which is the first again, is left out.
 */
export function arc(
  centreX: number,
  radius: number,
  from: number,
  to: number,
  corners = Math.ceil((CIRCLE_CORNERS * Math.abs(to - from)) / 360),
): Outline {
  const steps = Math.abs(to - from) === 360 ? corners : corners - 1
  return Array.from({ length: corners }, (_, corner) => {
    const angle = ((from + ((to - from) * corner) / steps) * Math.PI) / 180
    return [centreX + radius * Math.cos(angle), radius * Math.sin(angle)]
  }).flat()
}

/** The first corner at this angle: −90° is the top. */
export function regularPolygon(corners: number, first = -90): Outline {
  return arc(0, 1, first, first + 360, corners)
}

/** Tips at radius 1, one of them at the top, and notches at `notch`. */
export function star(tips: number, notch: number): Outline {
  return polarOutline(2 * tips, (corner) => (corner % 2 === 0 ? 1 : notch))
}

/** Corners as in SVG's `points`: “x,y x,y …”. */
export function polygon(points: string): Outline {
  return points.split(/[ ,]/).map(Number)
}

/** Three round petals. */
export function trefoil(): Outline {
  return polarOutline(48, (corner) => 0.62 + 0.38 * Math.cos((3 * corner * 2 * Math.PI) / 48))
}

/** The curve that most people draw as a heart (mathworld.wolfram.com/HeartCurve.html, the seventh). */
export function heart(): Outline {
  return Array.from({ length: 40 }, (_, corner) => {
    const t = (2 * Math.PI * corner) / 40
    const y = 13 * Math.cos(t) - 5 * Math.cos(2 * t) - 2 * Math.cos(3 * t) - Math.cos(4 * t)
    return [Math.sin(t) ** 3, -y / 16]
  }).flat()
}

function polarOutline(corners: number, radiusAt: (corner: number) => number): Outline {
  return Array.from({ length: corners }, (_, corner) => {
    const angle = (2 * Math.PI * corner) / corners
    return [radiusAt(corner) * Math.sin(angle), -radiusAt(corner) * Math.cos(angle)]
  }).flat()
}
