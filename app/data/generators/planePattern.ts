import type { RandomStream } from '../../experiment/random'
import type { PlaneData, SurfaceData } from '../../experiment/dataSpec'
import { flatShape } from '../../experiment/tensorShape'
import type { Task } from '../dataset'
import type { Generator } from './generator'

/** A position before noise. */
export type Point = readonly [x: number, y: number]

export const PLANE_SHAPE = flatShape(2)
const TWO_CLASSES: Task = { kind: 'classification', classes: 2, classNames: ['A', 'B'] }

/**
 * Two classes drawn as patterns about 1 in half-width. Samples alternate between the classes; the label belongs to
 * the clean pattern and `noise` then moves the point, so that noise makes classes overlap.
 *
 * @param drawPoint a random point of the given class's pattern
 */
export function planePattern(
  name: string,
  drawPoint: (label: number, random: RandomStream) => Point,
): Generator<PlaneData> {
  return {
    describe: () => ({ name, task: TWO_CLASSES, shape: PLANE_SHAPE }),
    generate(spec, random, inputs, targets) {
      for (let sample = 0; sample < spec.samples; sample++) {
        const label = sample % 2
        const [x, y] = drawPoint(label, random)
        inputs[2 * sample] = x + random.normal(0, spec.noise)
        inputs[2 * sample + 1] = y + random.normal(0, spec.noise)
        targets[sample] = label
      }
    },
  }
}

/**
 * Points uniform over [−1, 1]², each with the height of a surface there; `noise` is added to the height.
 *
 * @param height at (x, y), within about [−1, 1]
 */
export function planeSurface(name: string, height: (x: number, y: number) => number): Generator<SurfaceData> {
  return {
    describe: () => ({ name, task: { kind: 'regression', outputs: 1 }, shape: PLANE_SHAPE }),
    generate(spec, random, inputs, targets) {
      for (let sample = 0; sample < spec.samples; sample++) {
        const x = random.uniform(-1, 1)
        const y = random.uniform(-1, 1)
        inputs[2 * sample] = x
        inputs[2 * sample + 1] = y
        targets[sample] = height(x, y) + random.normal(0, spec.noise)
      }
    },
  }
}
