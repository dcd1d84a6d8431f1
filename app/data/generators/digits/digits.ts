import { RandomStream } from '../../../experiment/random'
import type { DigitsData } from '../../../experiment/dataSpec'
import { numberedClasses, type Generator } from '../generator'
import { addPixelNoise } from '../pixelNoise'
import { drawGlyph } from './glyphs'
import { drawHand, traceCurve } from './pen'
import { StrokeRaster } from './strokeRaster'

/** Pen radius as a share of the picture's side, from a fine liner to a marker. */
const PEN_RADIUS = { low: 0.026, high: 0.062 } as const
/** A line thinner than this would come and go with its place among the pixels. */
const THINNEST_RADIUS_PIXELS = 0.4
/** How dark the ink is at least. */
const FAINTEST_INK = 0.7

/**
 * Handwritten digits: strokes in several styles per digit, bent, slanted, turned and scaled by a random hand, drawn
 * with a random pen. Pixels are ink shares in [0, 1]; `noise` (relative to the pixels' deviation)
 * is added to each and cut off there.
 */
export const digits: Generator<DigitsData> = {
  describe: (spec) => ({
    name: `digits ${spec.size}×${spec.size}`,
    task: numberedClasses(spec.classes),
    shape: { height: spec.size, width: spec.size, channels: 1 },
  }),
  generate(spec, random, inputs, targets) {
    const raster = new StrokeRaster(spec.size)
    // A stream of its own, so that turning the noise up or down leaves the digits as they were written.
    const noise = new RandomStream(random.uint32(), 'pixel noise')
    const pixels = spec.size * spec.size
    for (let sample = 0; sample < spec.samples; sample++) {
      const digit = sample % spec.classes
      targets[sample] = digit
      const picture = inputs.subarray(sample * pixels, (sample + 1) * pixels)
      writeDigit(digit, raster, spec.size, random)
      raster.copyInk(picture, random.uniform(FAINTEST_INK, 1))
      addPixelNoise(picture, spec.noise, noise)
    }
  },
}

function writeDigit(digit: number, raster: StrokeRaster, size: number, random: RandomStream): void {
  raster.clear(Math.max(THINNEST_RADIUS_PIXELS, size * random.uniform(PEN_RADIUS.low, PEN_RADIUS.high)))
  const hand = drawHand(size, random)
  for (const curve of drawGlyph(digit, random)) {
    traceCurve(curve, hand, (fromX, fromY, toX, toY) => raster.drawLine(fromX, fromY, toX, toY))
  }
}
