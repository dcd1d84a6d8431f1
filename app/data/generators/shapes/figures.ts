import { arc, heart, polygon, regularPolygon, star, trefoil, type Outline } from './outlines'

/** A plane figure: a point is inside where it is inside an odd number of the outlines. */
export interface Figure {
  readonly name: string
  readonly outlines: readonly Outline[]
}

/** Area of every figure, so that neither its size nor the amount of its colour gives the class away. */
const AREA = 1.4

/**
 * Twenty figures, the most different first: no two of them are the same one turned. Each has its centre of gravity in
 * the origin and an area of 1.4, and reaches at most 1.5 from the origin. Outlines of holes run the other way round.
 */
export const figures: readonly Figure[] = [
  figure('disc', arc(0, 1, 0, 360)),
  figure('triangle', regularPolygon(3)),
  figure(
    'cross',
    polygon(
      '-0.32,-1 0.32,-1 0.32,-0.32 1,-0.32 1,0.32 0.32,0.32 0.32,1 -0.32,1 -0.32,0.32 -1,0.32 -1,-0.32 -0.32,-0.32',
    ),
  ),
  figure('ring', arc(0, 1, 0, 360), arc(0, 0.66, 360, 0)),
  figure('bar', polygon('-1,-0.3 1,-0.3 1,0.3 -1,0.3')),
  figure('star', star(5, 0.4)),
  figure('half disc', arc(0, 1, 0, 180)),
  figure('square', regularPolygon(4, -45)),
  figure('L', polygon('-0.8,-1 -0.25,-1 -0.25,0.45 0.8,0.45 0.8,1 -0.8,1')),
  figure('crescent', [...arc(0, 1, 50, 310), ...arc(0.45, 0.79, 284, 76)]),
  figure('T', polygon('-1,-1 1,-1 1,-0.5 0.25,-0.5 0.25,1 -0.25,1 -0.25,-0.5 -1,-0.5')),
  figure('heart', heart()),
  figure('frame', regularPolygon(4, -45), arc(0, 0.66, 315, -45, 4)),
  figure('chevron', polygon('-1,0 0,-0.9 1,0 1,0.6 0,-0.3 -1,0.6')),
  figure('dumb-bell', [...arc(-0.62, 0.5, 24, 336), ...arc(0.62, 0.5, 204, 516)]),
  figure('hourglass', polygon('-0.8,-1 0.8,-1 0.15,0 0.8,1 -0.8,1 -0.15,0')),
  figure('arrow', polygon('-1,-0.25 0.1,-0.25 0.1,-0.75 1,0 0.1,0.75 0.1,0.25 -1,0.25')),
  figure('U', polygon('-0.8,-1 -0.3,-1 -0.3,0.45 0.3,0.45 0.3,-1 0.8,-1 0.8,1 -0.8,1')),
  figure('trefoil', trefoil()),
  figure(
    'S',
    polygon(
      '-0.7,-1 0.7,-1 0.7,-0.55 -0.2,-0.55 -0.2,-0.22 0.7,-0.22 0.7,1 -0.7,1 -0.7,0.55 0.2,0.55 0.2,0.22 -0.7,0.22',
    ),
  ),
]

/** Moved to its centre of gravity and scaled to the common area. */
function figure(name: string, ...outlines: readonly Outline[]): Figure {
  const { area, centreX, centreY } = momentsOf(outlines)
  const scale = Math.sqrt(AREA / Math.abs(area))
  return {
    name,
    outlines: outlines.map((outline) =>
      outline.map((value, index) => scale * (value - (index % 2 === 0 ? centreX : centreY))),
    ),
  }
}

/** Area and centre of gravity by the shoelace formula; outlines of holes count as negative. */
function momentsOf(outlines: readonly Outline[]) {
  let [area, momentX, momentY] = [0, 0, 0]
  for (const outline of outlines) {
    for (let index = 0; index < outline.length; index += 2) {
      const [x, y] = [outline[index]!, outline[index + 1]!]
      const next = (index + 2) % outline.length
      const [nextX, nextY] = [outline[next]!, outline[next + 1]!]
      const twice = x * nextY - nextX * y
      area += twice / 2
      momentX += (twice * (x + nextX)) / 6
      momentY += (twice * (y + nextY)) / 6
    }
  }
  return { area, centreX: momentX / area, centreY: momentY / area }
}
