import { denseLayer, defaultLayers } from './defaults'
import { addLayer, changeLayer, makeOutput } from './edits'
import { formatNumber } from './faults'
import { hasWeights, nameAt } from './layerNames'
import { everyLayer, type LayerPlace } from './layerPlace'
import { resize, type Repair } from './layerRepairs'
import { MOST_LAYERS } from './networkSchema'
import { reconstructionFaults } from './reconstruction'
import { shapeLayers } from './layerShapes'
import { numberSettings, type NumberSettingPath } from './settings'
import type { ExperimentSpec, LayerSpec } from './spec'
import { elementsOf, type TensorShape } from './tensorShape'

/** Fields of an output that decide what it makes; empty for the layer as a whole. */
const FIELDS = ['', 'units', 'channels']

/**
 * The least change with which the output of an autoencoder has the samples’ own shape; undefined for faults of others, and
 * where none is known.
 * @param sample shape of what is reconstructed.
 */
export function repairReconstruction(
  spec: ExperimentSpec,
  place: LayerPlace,
  field: string,
  sample: TensorShape,
): Repair | undefined {
  const output = spec.layers.length - 1
  if (spec.loss.kind !== 'reconstruction' || place !== output || !FIELDS.includes(field)) return undefined
  for (const repair of candidates(spec, output, sample)) if (isFitting(repair.spec.layers, sample)) return repair
  return undefined
}

function isFitting(layers: readonly LayerSpec[], sample: TensorShape): boolean {
  const isShort = layers.length <= MOST_LAYERS
  return isShort && shapeLayers(layers, sample).faults.length === 0 && reconstructionFaults(layers, sample).length === 0
}

/** In the order in which they change little. */
function* candidates(spec: ExperimentSpec, output: number, sample: TensorShape): Generator<Repair, void> {
  const layer = spec.layers[output]
  const { channels } = sample
  if (!layer) return
  if (layer.kind === 'dense') {
    yield resize(spec, output, elementsOf(sample))
    yield* asImages(spec, sample)
  } else if (hasWeights(layer)) {
    yield resize(spec, output, channels)
    const widened = resize(spec, output, channels).spec
    yield* upsampled(widened)
    yield* trimmed(widened, output)
    yield* restrided(widened)
    yield {
      label: `Make it dense, ${formatNumber(elementsOf(sample))} units`,
      spec: makeOutput(spec, 'dense', elementsOf(sample)),
    }
  } else {
    yield appended(spec, { ...defaultLayers.conv, channels, activation: 'linear' }, 'Add a convolution as output')
    yield appended(spec, denseLayer(1, elementsOf(sample), 'linear'), 'Add a dense output')
  }
}

/** For samples with more numbers than a dense layer has units: a convolution on what it reads. */
function* asImages(spec: ExperimentSpec, { channels }: TensorShape): Generator<Repair, void> {
  const convolved = makeOutput(spec, 'conv', channels)
  yield { label: 'Make it a convolution', spec: convolved }
  for (const { spec: enlarged } of upsampled(convolved)) {
    yield { label: 'Make it upsampling and a convolution', spec: enlarged }
  }
}

function* upsampled(spec: ExperimentSpec): Generator<Repair, void> {
  for (const factor of allValues('layers.factor')) {
    const enlarged = addLayer(spec, { ...defaultLayers.upsample, factor })
    yield { label: `Upsample ${factor}× before it`, spec: enlarged }
  }
}

/** Without padding a kernel takes a rim of its own width off the image. */
function* trimmed(spec: ExperimentSpec, output: number): Generator<Repair, void> {
  if (spec.layers[output]?.kind !== 'conv') return
  for (const kernel of allValues('layers.kernel')) {
    const change = { kernel, padding: 'valid', stride: 1, dilation: 1 } as const
    const changed = changeLayer(spec, output, (layer) => (layer.kind === 'conv' ? { ...layer, ...change } : layer))
    yield { label: `Use a ${kernel}×${kernel} kernel and “valid” padding`, spec: changed }
  }
}

/** Another stride of one of the transposed convolutions, the last first. */
function* restrided(spec: ExperimentSpec): Generator<Repair, void> {
  for (const { place, layer } of everyLayer(spec.layers).toReversed()) {
    if (layer.kind !== 'transposedConv') continue
    for (const stride of allValues('layers.stride')) {
      const label = `Set stride of ${nameAt(spec.layers, place)} to ${stride}`
      yield { label, spec: changeLayer(spec, place, (one) => ({ ...one, stride })) }
    }
  }
}

function allValues(path: NumberSettingPath): readonly number[] {
  const { minimum, maximum } = numberSettings[path].range
  return Array.from({ length: maximum - minimum + 1 }, (_, index) => minimum + index)
}

/** What is last becomes the last but one. */
function appended(spec: ExperimentSpec, output: LayerSpec, label: string): Repair {
  const id = 1 + Math.max(...everyLayer(spec.layers).map(({ layer }) => layer.id))
  return { label, spec: { ...spec, layers: [...spec.layers, { ...output, id }] } }
}
