import { RandomStream } from '../../../experiment/random'
import type { ShapesData } from '../../../experiment/dataSpec'
import type { Generator } from '../generator'
import { addPixelNoise } from '../pixelNoise'
import { fillFigure, type Colour } from './colourRaster'
import { figures, type Figure } from './figures'
import type { Outline } from './outlines'

/** Size of a figure's unit as a share of the picture's side: figures cover 9 to 15 % of the picture. */
const UNIT = { low: 0.25, high: 0.33 } as const
/** Intensity of the darker of figure and ground, and of the difference between them, at `colour` 0. */
const DARK = 0.1
const CONTRAST = 0.8
/** How far either moves at `colour` 1: figures always differ from their ground by at least 0.35 in every channel. */
const COLOUR_RANGE = 0.45
/** Splinters at `clutter` 1, and how far their corners lie from their middle, as a share of the picture's side. */
const MOST_SPLINTERS = 12
const SPLINTER_SIZE = 0.14

/**
 * Geometric figures in colour: the class is the figure, and everything else is drawn without regard to it. Pixels are
 * in [0, 1]; `noise` (relative to the pixels' deviation) is added to each channel and cut off there.
 */
export const shapes: Generator<ShapesData> = {
  describe: ({ size, classes }) => ({
    name: `shapes ${size}×${size}`,
    task: { kind: 'classification', classes, classNames: figures.slice(0, classes).map(({ name }) => name) },
    shape: { height: size, width: size, channels: 3 },
  }),
  generate(spec, random, inputs, targets) {
    // A stream of its own, so that turning the noise up or down leaves the figures as they were.
    const noise = new RandomStream(random.uint32(), 'pixel noise')
    const values = spec.size * spec.size * 3
    for (let sample = 0; sample < spec.samples; sample++) {
      const label = sample % spec.classes
      targets[sample] = label
      const picture = inputs.subarray(sample * values, (sample + 1) * values)
      drawPicture(picture, figures[label]!, spec, random)
      addPixelNoise(picture, spec.noise, noise)
    }
  },
}

/** Ground, splinters and the figure on top, [size, size, 3]. */
function drawPicture(picture: Float32Array, figure: Figure, spec: ShapesData, random: RandomStream): void {
  const { size, colour, clutter } = spec
  const { ground, ink } = drawColours(colour, random)
  for (let value = 0; value < picture.length; value++) picture[value] = ground[value % 3]!
  const splinters = Math.round(clutter * MOST_SPLINTERS * random.uniform(0.5, 1))
  for (let count = 0; count < splinters; count++) {
    fillFigure(
      picture,
      size,
      [drawSplinter(size, random)],
      drawBetween(ground, drawColours(colour, random).ink, random),
    )
  }
  fillFigure(picture, size, place(figure, spec, random), ink)
}

/** The figure turned, scaled and moved, in pixels. It stays within the picture. */
function place({ outlines }: Figure, { size, rotation, jitter }: ShapesData, random: RandomStream): readonly Outline[] {
  const unit = size * random.uniform(UNIT.low, UNIT.high)
  const angle = (random.uniform(-rotation, rotation) * Math.PI) / 180
  const [cosine, sine] = [unit * Math.cos(angle), unit * Math.sin(angle)]
  const turned = outlines.map((outline) =>
    outline.map((value, index) =>
      index % 2 === 0 ? cosine * value - sine * outline[index + 1]! : sine * outline[index - 1]! + cosine * value,
    ),
  )
  const moveX = drawMove(turned, 0, size, random) * jitter + size / 2
  const moveY = drawMove(turned, 1, size, random) * jitter + size / 2
  return turned.map((outline) => outline.map((value, index) => value + (index % 2 === 0 ? moveX : moveY)))
}

/** A move along one axis from the middle of the picture with which the figure just stays inside. */
function drawMove(outlines: readonly Outline[], axis: 0 | 1, size: number, random: RandomStream): number {
  const along = outlines.flatMap((outline) => outline.filter((_, index) => index % 2 === axis))
  const before = -size / 2 - Math.min(...along)
  const after = size / 2 - Math.max(...along)
  return random.uniform(Math.min(0, before), Math.max(0, after))
}

/** A triangle of any form anywhere, in pixels. */
function drawSplinter(size: number, random: RandomStream): Outline {
  const centre = [random.uniform(0, size), random.uniform(0, size)]
  return Array.from({ length: 6 }, (_, index) => centre[index % 2]! + random.normal(0, size * SPLINTER_SIZE))
}

/**
 * A ground and a colour that stands out from it. Each channel has its own darker and lighter value, and with a chance
 * that grows to one half at `colour` 1 they change places.
 */
function drawColours(colour: number, random: RandomStream): { readonly ground: Colour; readonly ink: Colour } {
  const channels = [0, 1, 2].map(() => {
    const dark = DARK + colour * random.uniform(0, COLOUR_RANGE)
    const light = Math.min(1, dark + CONTRAST - colour * random.uniform(0, COLOUR_RANGE))
    return random.uniform() < colour / 2 ? [light, dark] : [dark, light]
  })
  const pick = (place: 0 | 1): Colour => [channels[0]![place]!, channels[1]![place]!, channels[2]![place]!]
  return { ground: pick(0), ink: pick(1) }
}

function drawBetween(one: Colour, other: Colour, random: RandomStream): Colour {
  const share = random.uniform(0.3, 1)
  const between = (channel: 0 | 1 | 2) => one[channel] + share * (other[channel] - one[channel])
  return [between(0), between(1), between(2)]
}
