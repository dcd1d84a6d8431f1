import type { RandomStream } from '../../../experiment/random'
import type { Curve } from './glyphs'

/** How far the hand strays; deviations and ranges in glyph units (half the digit's height) unless said otherwise. */
const HAND = {
  /** Rotation of the whole digit, radians. */
  rotation: 0.12,
  /** Rightward slant per unit of height: most people lean forward. */
  slant: { mean: 0.12, deviation: 0.2 },
  scale: { low: 0.8, high: 1.1 },
  /** Width relative to height. */
  aspect: { low: 0.82, high: 1.18 },
  /** Waves that bend the digit: how many, how large, and their highest frequency in radians per unit. */
  waves: { count: 3, amplitude: 0.06, frequency: 2.6 },
} as const
/** Half the height of an average digit, as a share of the picture's side; MNIST's is 10/28. */
const HALF_HEIGHT = 0.36
/** Largest displacement from the centre, as a share of the side. */
const SHIFT = 0.06

/** Straight pieces per span between control points; more are invisible at 28×28. */
const PIECES_PER_SPAN = 4

/** Maps glyph units to pixels the way one hand wrote one digit. */
export type Hand = (x: number, y: number) => readonly [pixelX: number, pixelY: number]

/** A random hand for pictures of size×size pixels. Nearby points move together, so strokes that met still meet. */
export function drawHand(size: number, random: RandomStream): Hand {
  const rotation = random.normal(0, HAND.rotation)
  const slant = random.normal(HAND.slant.mean, HAND.slant.deviation)
  const scale = size * HALF_HEIGHT * random.uniform(HAND.scale.low, HAND.scale.high)
  const width = scale * random.uniform(HAND.aspect.low, HAND.aspect.high)
  const cosine = Math.cos(rotation)
  const sine = Math.sin(rotation)
  const centreX = size * (0.5 + random.uniform(-SHIFT, SHIFT))
  const centreY = size * (0.5 + random.uniform(-SHIFT, SHIFT))
  const bendX = drawWaves(random)
  const bendY = drawWaves(random)
  return (x, y) => {
    const across = width * (x + bendX(x, y) - slant * y)
    const down = scale * (y + bendY(x, y))
    return [centreX + cosine * across - sine * down, centreY + sine * across + cosine * down]
  }
}

/** A smooth random function of the plane: a few sine waves of random direction, length and phase. */
function drawWaves(random: RandomStream): (x: number, y: number) => number {
  const { count, amplitude, frequency } = HAND.waves
  const waves = Array.from({ length: count }, () => ({
    amplitude: random.normal(0, amplitude),
    alongX: random.uniform(-frequency, frequency),
    alongY: random.uniform(-frequency, frequency),
    phase: random.uniform(0, 2 * Math.PI),
  }))
  return (x, y) => {
    let sum = 0
    for (const wave of waves) sum += wave.amplitude * Math.sin(wave.alongX * x + wave.alongY * y + wave.phase)
    return sum
  }
}

/** Writes a curve as straight pieces, in pixels: a Catmull–Rom spline through its control points. */
export function traceCurve(
  curve: Curve,
  hand: Hand,
  drawLine: (fromX: number, fromY: number, toX: number, toY: number) => void,
): void {
  const xs: number[] = []
  const ys: number[] = []
  for (let index = 0; index + 1 < curve.length; index += 2) {
    const [x, y] = hand(curve[index] ?? 0, curve[index + 1] ?? 0)
    xs.push(x)
    ys.push(y)
  }
  const pieces = xs.length === 2 ? 1 : PIECES_PER_SPAN
  let fromX = xs[0] ?? 0
  let fromY = ys[0] ?? 0
  for (let span = 0; span + 1 < xs.length; span++) {
    for (let piece = 1; piece <= pieces; piece++) {
      const toX = splineAt(xs, span, piece / pieces)
      const toY = splineAt(ys, span, piece / pieces)
      drawLine(fromX, fromY, toX, toY)
      fromX = toX
      fromY = toY
    }
  }
}

/** Uniform Catmull–Rom between values[span] (t = 0) and values[span + 1] (t = 1); the ends stand in beyond themselves. */
function splineAt(values: readonly number[], span: number, t: number): number {
  const last = values.length - 1
  const start = values[span] ?? 0
  const end = values[span + 1] ?? start
  const tangentStart = (end - (values[Math.max(0, span - 1)] ?? start)) / 2
  const tangentEnd = ((values[Math.min(last, span + 2)] ?? end) - start) / 2
  const curvature = 3 * (end - start) - 2 * tangentStart - tangentEnd
  const twist = 2 * (start - end) + tangentStart + tangentEnd
  return start + t * (tangentStart + t * (curvature + t * twist))
}
