import { formatNumber, type FieldFault } from './faults'
import { describeShape, shapeLayers } from './layerShapes'
import { numberSettings } from './settings'
import type { LayerSpec } from './spec'
import { elementsOf, positionsOf, sameShape, type TensorShape } from './tensorShape'

/**
 * Why a network cannot be compared with the samples it reads: it has to make as many numbers, and those with places in an
 * image the image's own shape. Nothing where the layers do not fit one another, which is told there.
 * @param layers the last has weights.
 * @param sample shape of what is to be reconstructed.
 */
export function reconstructionFaults(layers: readonly LayerSpec[], sample: TensorShape): readonly FieldFault[] {
  const shaped = shapeLayers(layers, sample)
  const last = layers.length - 1
  const made = shaped.layers[last]?.output
  if (!made || shaped.faults.length > 0) return []
  const path = `layers.${last}`
  if (layers[last]?.kind === 'dense') return unitFaults(made.channels, sample, `${path}.units`)
  if (sameShape(made, sample)) return []
  const finding = `The output layer makes ${describeShape(made)}; a reconstruction needs the samples’ own ${describeShape(sample)}.`
  if (sameShape({ ...made, channels: sample.channels }, sample)) {
    return [{ path: `${path}.channels`, message: `${finding} Set its channels to ${sample.channels}.` }]
  }
  const isSmaller = positionsOf(made) < positionsOf(sample)
  const advice = isSmaller
    ? 'Enlarge the image before it, by upsampling or a transposed convolution,'
    : 'Enlarge the image less before it, or use “valid” padding,'
  return [{ path, message: `${finding} ${advice} or end with a dense layer.` }]
}

function unitFaults(units: number, sample: TensorShape, path: string): readonly FieldFault[] {
  const needed = elementsOf(sample)
  const { maximum } = numberSettings['layers.units'].range
  const numbers = positionsOf(sample) === 1 ? 'numbers' : `numbers (${describeShape(sample)})`
  if (needed > maximum) {
    const message = `A reconstruction has as many outputs as a sample has ${numbers}: ${formatNumber(needed)}, and a dense layer at most ${formatNumber(maximum)} units. End with a convolution of ${sample.channels} channels that makes images of that size, or make the samples smaller.`
    return [{ path, message }]
  }
  if (units === needed) return []
  const message = `The output layer has ${formatNumber(units)} ${units === 1 ? 'unit' : 'units'}; a reconstruction needs one for each of a sample’s ${formatNumber(needed)} ${numbers}. Set it to ${formatNumber(needed)}.`
  return [{ path, message }]
}
