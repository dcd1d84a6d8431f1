import type { RandomStream } from '../../../experiment/random'

/**
 * A smooth curve through control points x₀, y₀, x₁, y₁, … in a box about 1.2 wide and 2 high around the origin, y
 * downwards. Curves of a digit that share an end point meet there in a corner.
 */
export type Curve = readonly number[]
/** One of the ways to write a digit; draws proportions anew for every sample. */
type Style = (random: RandomStream) => readonly Curve[]

/** For every digit its styles and how often each is written, in parts of the digit's total. */
const STYLES: readonly (readonly { readonly parts: number; readonly draw: Style }[])[] = [
  [
    { parts: 9, draw: (random) => [zeroLoop(random)] },
    { parts: 1, draw: (random) => [zeroLoop(random), [-0.25, 0.5, 0.25, -0.5]] },
  ],
  [
    { parts: 5, draw: (random) => [oneStem(random)] },
    { parts: 3, draw: (random) => [oneStem(random), oneFlag(random)] },
    { parts: 2, draw: (random) => [oneStem(random), oneFlag(random), oneBase(random)] },
  ],
  [
    { parts: 5, draw: twoWithCorner },
    { parts: 4, draw: twoWithLoop },
  ],
  [
    { parts: 7, draw: threeRound },
    { parts: 3, draw: threeFlat },
  ],
  [
    { parts: 4, draw: fourOpen },
    { parts: 3, draw: fourClosed },
    { parts: 3, draw: fourRound },
  ],
  [
    { parts: 6, draw: fiveWithCorners },
    { parts: 3, draw: fiveRound },
  ],
  [
    { parts: 7, draw: sixCurved },
    { parts: 3, draw: sixWithStem },
  ],
  [
    { parts: 5, draw: (random) => sevenBody(random) },
    { parts: 3, draw: (random) => [...sevenBody(random), sevenBar(random)] },
    { parts: 2, draw: sevenWithSerif },
  ],
  [
    { parts: 6, draw: eightInOneLine },
    { parts: 4, draw: eightOfLoops },
  ],
  [
    { parts: 5, draw: nineStraight },
    { parts: 4, draw: nineHooked },
  ],
]

/** The curves of one written digit, 0–9. */
export function drawGlyph(digit: number, random: RandomStream): readonly Curve[] {
  const styles = STYLES[digit]
  if (styles === undefined) throw new RangeError(`There is no digit ${digit}.`)
  let drawn = random.integer(styles.reduce((sum, style) => sum + style.parts, 0))
  for (const { parts, draw } of styles) {
    if (drawn < parts) return draw(random)
    drawn -= parts
  }
  throw new RangeError('The parts of the styles do not add up.')
}

/** Part of an ellipse; degrees run clockwise from the right, as y points down. */
function arc(x: number, y: number, radiusX: number, radiusY: number, fromDegrees: number, toDegrees: number): Curve {
  const spans = Math.max(2, Math.round(Math.abs(toDegrees - fromDegrees) / 40))
  return Array.from({ length: spans + 1 }, (_, index) => {
    const angle = ((fromDegrees + ((toDegrees - fromDegrees) * index) / spans) * Math.PI) / 180
    return [x + radiusX * Math.cos(angle), y + radiusY * Math.sin(angle)]
  }).flat()
}

function zeroLoop(random: RandomStream): Curve {
  const start = random.uniform(-125, -45)
  return arc(0, 0, random.uniform(0.4, 0.72), 1, start, start - random.uniform(335, 385))
}

function oneStem(random: RandomStream): Curve {
  const bend = random.uniform(-0.08, 0.08)
  return [0, -1, bend, 0, 0, 1]
}

function oneFlag(random: RandomStream): Curve {
  return [0, -1, -random.uniform(0.2, 0.5), -random.uniform(0.5, 0.75)]
}

function oneBase(random: RandomStream): Curve {
  return [-random.uniform(0.25, 0.5), 1, random.uniform(0.25, 0.5), 1]
}

function twoHead(random: RandomStream, width: number): number[] {
  const start = random.uniform(-0.75, -0.35)
  const shoulder = random.uniform(-0.6, -0.35)
  return [-width, start, -0.5 * width, -0.92, 0.2 * width, -1, 0.95 * width, shoulder, 0.4 * width, 0.15]
}

function twoWithCorner(random: RandomStream): Curve[] {
  const width = random.uniform(0.45, 0.68)
  const foot = random.uniform(0.8, 1)
  const sag = random.uniform(-0.12, 0.12)
  return [
    [...twoHead(random, width), -width, foot],
    [-width, foot, 0, foot + sag, random.uniform(0.7, 1.15) * width, foot + random.uniform(-0.1, 0.05)],
  ]
}

function twoWithLoop(random: RandomStream): Curve[] {
  const width = random.uniform(0.45, 0.65)
  const loop = random.uniform(0.5, 0.75)
  const tail = [-0.3 * width, loop + 0.12, 0.3 * width, 0.98, 1.1 * width, random.uniform(0.65, 0.95)]
  return [[...twoHead(random, width), -0.5 * width, 0.85, -0.95 * width, 0.92, -0.85 * width, loop, ...tail]]
}

function threeBowl(random: RandomStream, width: number, left: number, waist: number): Curve {
  const belly = random.uniform(0.35, 0.6)
  const end = random.uniform(0.55, 0.9)
  return [left, waist, 0.65 * width, waist + 0.12, width, belly, 0.2 * width, 1, -random.uniform(0.7, 1) * width, end]
}

function threeRound(random: RandomStream): Curve[] {
  const width = random.uniform(0.42, 0.65)
  const waist = random.uniform(-0.15, 0.08)
  const left = random.uniform(-0.4, 0.1) * width
  const start = random.uniform(-0.85, -0.55)
  const head = [-0.85 * width, start, -0.15 * width, -1, 0.8 * width, -0.62, 0.55 * width, waist - 0.15, left, waist]
  return [head, threeBowl(random, width, left, waist)]
}

function threeFlat(random: RandomStream): Curve[] {
  const width = random.uniform(0.45, 0.62)
  const left = random.uniform(-0.35, 0) * width
  const waist = random.uniform(-0.3, -0.1)
  const corner = [random.uniform(0.6, 0.9) * width, -0.97]
  return [[-width, -0.95, ...corner], [...corner, left, waist], threeBowl(random, width, left, waist)]
}

function fourOpen(random: RandomStream): Curve[] {
  const width = random.uniform(0.45, 0.68)
  const bar = random.uniform(0, 0.35)
  const stem = random.uniform(0.25, 0.6) * width
  const left = [-random.uniform(0.4, 0.9) * width, -random.uniform(0.75, 1), -width, bar]
  const lean = random.uniform(-0.12, 0.05)
  return [left, [-width, bar, width, bar - random.uniform(0, 0.15)], [stem, -random.uniform(0.45, 1), stem + lean, 1]]
}

function fourClosed(random: RandomStream): Curve[] {
  const width = random.uniform(0.45, 0.68)
  const bar = random.uniform(0.1, 0.45)
  const stem = random.uniform(0.15, 0.45) * width
  const top = [stem, -1]
  return [
    [...top, -width, bar],
    [-width, bar, width, bar],
    [...top, stem, random.uniform(0.85, 1)],
  ]
}

/** A bowl like that of a handwritten y. */
function fourRound(random: RandomStream): Curve[] {
  const width = random.uniform(0.42, 0.6)
  const bottom = random.uniform(-0.05, 0.25)
  const stem = random.uniform(0.55, 0.8) * width
  const bowl = [-0.8 * width, -random.uniform(0.8, 1), -0.9 * width, bottom - 0.3, -0.3 * width, bottom]
  return [
    [...bowl, stem, bottom - random.uniform(0.15, 0.35)],
    [stem + 0.05, -random.uniform(0.7, 1), stem, 0, stem - random.uniform(0, 0.2), 1],
  ]
}

function fiveBowl(random: RandomStream, width: number, left: number, shoulder: number): Curve {
  const belly = random.uniform(0.15, 0.4)
  const end = random.uniform(0.6, 0.9)
  return [left, shoulder, 0.15 * width, shoulder - 0.15, width, belly, 0.3 * width, 0.95, -0.95 * width, end]
}

function fiveWithCorners(random: RandomStream): Curve[] {
  const width = random.uniform(0.42, 0.62)
  const left = -random.uniform(0.55, 0.85) * width
  const shoulder = random.uniform(-0.2, 0.05)
  const lift = random.uniform(-0.05, 0.12)
  const bar = [left + random.uniform(0, 0.15), -0.98, random.uniform(0.7, 1.2) * width, -1 - lift]
  return [bar, [left + 0.05, -0.98, left, shoulder], fiveBowl(random, width, left, shoulder)]
}

function fiveRound(random: RandomStream): Curve[] {
  const width = random.uniform(0.42, 0.6)
  const back = random.uniform(-0.6, -0.4)
  const head = [0.95 * width, -0.92, -0.2 * width, -1, -0.75 * width, back, -0.05 * width, -0.18]
  return [[...head, 0.85 * width, random.uniform(0.15, 0.4), 0.25 * width, 0.95, -0.9 * width, 0.8]]
}

function sixCurved(random: RandomStream): Curve[] {
  const width = random.uniform(0.42, 0.65)
  const loop = random.uniform(-0.1, 0.2)
  const head = [random.uniform(0.2, 0.8) * width, -1, -0.55 * width, -0.5, -width, 0.25]
  const close = [0.15 * width, loop, -0.6 * width, loop + 0.2, -0.85 * width, 0.6]
  return [[...head, -0.45 * width, 0.95, 0.5 * width, 0.92, 0.9 * width, (loop + 0.95) / 2, ...close]]
}

function sixWithStem(random: RandomStream): Curve[] {
  const width = random.uniform(0.42, 0.6)
  const radius = random.uniform(0.32, 0.5)
  const join = random.uniform(0.5, 0.7)
  return [
    [-random.uniform(0.2, 0.7) * width, -1, -0.95 * width, -0.1, -width, join],
    arc(0, 1 - radius, width, radius, 180, 180 - random.uniform(330, 370)),
  ]
}

function sevenBody(random: RandomStream): Curve[] {
  const width = random.uniform(0.42, 0.65)
  const corner = [random.uniform(0.75, 1) * width, -random.uniform(0.85, 1)]
  const foot = random.uniform(-0.55, 0.25) * width
  const bend = random.uniform(0, 0.4) * width
  return [
    [-width, -random.uniform(0.8, 1), 0, -random.uniform(0.88, 1), ...corner],
    [...corner, bend, 0, foot, 1],
  ]
}

function sevenBar(random: RandomStream): Curve {
  const height = random.uniform(-0.1, 0.2)
  return [-random.uniform(0.2, 0.4), height, random.uniform(0.25, 0.5), height - random.uniform(-0.05, 0.1)]
}

function sevenWithSerif(random: RandomStream): Curve[] {
  const body = sevenBody(random)
  const [x = 0, y = 0] = body[0] ?? []
  return [...body, [x, y, x + random.uniform(-0.05, 0.05), y + random.uniform(0.2, 0.4)]]
}

function eightInOneLine(random: RandomStream): Curve[] {
  const width = random.uniform(0.42, 0.65)
  const upper = random.uniform(0.65, 0.95) * width
  const waist = random.uniform(-0.2, 0.08)
  const down = [upper, -0.72, 0, -1, -upper, -0.6, 0, waist, width, 0.5, 0, 1, -width, 0.5]
  return [[...down, -0.05 * width, waist, upper, -0.55, random.uniform(0.3, 0.8) * upper, -0.9]]
}

function eightOfLoops(random: RandomStream): Curve[] {
  const width = random.uniform(0.42, 0.62)
  const waist = random.uniform(-0.25, 0.1)
  const upperRadius = (waist + 1) / 2
  const lowerRadius = (1 - waist) / 2
  const start = random.uniform(-120, -30)
  return [
    arc(0, waist - upperRadius, random.uniform(0.65, 0.95) * width, upperRadius, start, start - 360),
    arc(0, waist + lowerRadius, width, lowerRadius, -90, 270),
  ]
}

function nineLoop(random: RandomStream, width: number, radius: number): Curve {
  const start = random.uniform(-45, 0)
  return arc(0, radius - 1, width, radius, start, start - random.uniform(300, 365))
}

function nineStraight(random: RandomStream): Curve[] {
  const width = random.uniform(0.4, 0.6)
  const radius = random.uniform(0.35, 0.55)
  const foot = random.uniform(-0.1, 0.9) * width
  return [nineLoop(random, width, radius), [width, radius - 1.15, (width + foot) / 2 + 0.08, 0.1, foot, 1]]
}

function nineHooked(random: RandomStream): Curve[] {
  const width = random.uniform(0.4, 0.6)
  const radius = random.uniform(0.35, 0.55)
  const hook = [width, radius - 1.1, 0.98 * width, 0.35, 0.25 * width, 1, -random.uniform(0.5, 1) * width]
  return [nineLoop(random, width, radius), [...hook, random.uniform(0.6, 0.9)]]
}
