import type { GaussiansData } from '../../experiment/dataSpec'
import { numberedClasses, type Generator } from './generator'
import { PLANE_SHAPE } from './planePattern'

const RING_RADIUS = 0.7
/** A clean cloud's deviation, as a share of the distance to its neighbour: five deviations apart. */
const CLOUD_SHARE = 0.2

/** One round Gaussian cloud per class, centres evenly on a ring; `noise` widens the clouds. */
export const gaussians: Generator<GaussiansData> = {
  describe: (spec) => ({
    name: `${spec.classes} Gaussians`,
    task: numberedClasses(spec.classes),
    shape: PLANE_SHAPE,
  }),
  generate(spec, random, inputs, targets) {
    const spacing = 2 * RING_RADIUS * Math.sin(Math.PI / spec.classes)
    const deviation = Math.hypot(CLOUD_SHARE * spacing, spec.noise)
    for (let sample = 0; sample < spec.samples; sample++) {
      const label = sample % spec.classes
      const angle = (2 * Math.PI * label) / spec.classes
      inputs[2 * sample] = RING_RADIUS * Math.cos(angle) + random.normal(0, deviation)
      inputs[2 * sample + 1] = RING_RADIUS * Math.sin(angle) + random.normal(0, deviation)
      targets[sample] = label
    }
  },
}
