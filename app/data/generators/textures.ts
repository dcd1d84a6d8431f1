import { RandomStream } from '../../experiment/random'
import type { TexturesData } from '../../experiment/dataSpec'
import { numberedClasses, type Generator } from './generator'
import { addPixelNoise } from './pixelNoise'

/**
 * q, the share of pixels with a dot of their own: enough pairs on small images, few by chance. Convolutional networks
 * learn them twice as fast as with 0.1.
 */
const DOT_SHARE = 0.05

/**
 * Glass patterns (Glass 1969, “Moiré effect from random dots”, Nature 223, 578): random dots and a copy of them, moved
 * by the class's displacement d. Pixel x is light where p(x) or p(x − d) is set, p being independent for every pixel.
 *
 * The longer side of every d is exactly `scale` pixels. So a window of `scale`×`scale` pixels never holds both x and
 * x + d, every p enters at most one of its pixels, and whatever the class is, its pixels are independent and light
 * with the same probability 1 − (1 − q)². It carries no information at all on the class; a window one pixel larger
 * does. Hence no unit whose receptive field is at most `scale` pixels wide can tell any two classes apart.
 *
 * Patterns continue over the edges, so that every dot has its partner in the picture and as many pairs lie in
 * pictures of all classes: their share of light pixels has the same mean and the same variance, too. Over an edge a
 * pair is size − scale pixels apart, which is more than `scale` while scale < size / 2.
 */
export const textures: Generator<TexturesData> = {
  describe: ({ size, scale, classes }) => ({
    name: `textures ${size}×${size}, ${scale} pixels apart`,
    task: numberedClasses(classes),
    shape: { height: size, width: size, channels: 1 },
  }),
  generate({ size, scale, classes, samples, noise }, random, inputs, targets) {
    const displacements = Array.from({ length: classes }, (_, label) => displacementOf(label, classes, scale))
    // A stream of its own, so that turning the noise up or down leaves the dots in their places.
    const noiseStream = new RandomStream(random.uint32(), 'pixel noise')
    const pixels = size * size
    for (let sample = 0; sample < samples; sample++) {
      const label = sample % classes
      targets[sample] = label
      const picture = inputs.subarray(sample * pixels, (sample + 1) * pixels)
      drawPairs(picture, size, displacements[label]!, random)
      addPixelNoise(picture, noise, noiseStream)
    }
  },
}

interface Displacement {
  readonly right: number
  readonly down: number
}

/**
 * Directions spread evenly over half a turn, from the right by the bottom to the left, as vectors whose longer side is
 * `scale`. There are 4·scale of them: those of the other half are the same pairs seen from their other end.
 */
function displacementOf(label: number, classes: number, scale: number): Displacement {
  const place = Math.floor((label * 4 * scale) / classes)
  if (place <= scale) return { right: scale, down: place }
  if (place <= 3 * scale) return { right: 2 * scale - place, down: scale }
  return { right: -scale, down: 4 * scale - place }
}

/** Every dot at two places, the second beyond the edges where it leaves the picture [size, size], row-major. */
function drawPairs(picture: Float32Array, size: number, { right, down }: Displacement, random: RandomStream): void {
  picture.fill(0)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (random.uniform() >= DOT_SHARE) continue
      picture[row * size + column] = 1
      picture[((row + down) % size) * size + ((column + right + size) % size)] = 1
    }
  }
}
