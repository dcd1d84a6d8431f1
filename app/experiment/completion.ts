import { dataShape, likelyTask } from './dataShape'
import { defaultLayers, denseLayer, hiddenWidthsFor, lossForTask } from './defaults'
import { requiredOutputUnits } from './fit'
import { goalOf, type Goal } from './goal'
import type {
  BodyLayerSpec,
  DenseLayerSpec,
  ExperimentSpec,
  LayerSpec,
  LossSpec,
  PoolLayerSpec,
  ResidualLayerSpec,
  WeightedLayerSpec,
} from './spec'

/** A document after the schema: only what depends on other fields may still be missing. */
export interface FilledDocument extends Omit<ExperimentSpec, 'layers' | 'loss'> {
  readonly layers?: readonly FilledLayer[] | undefined
  readonly loss?: LossSpec | undefined
}

/** A layer in which these fields may be missing. */
type Filled<Layer, Open extends string> = Layer extends unknown
  ? Omit<Layer, Open | 'id'> & { readonly [Field in Extract<keyof Layer, Open | 'id'>]?: Layer[Field] | undefined }
  : never

type FilledWeighted = Filled<WeightedLayerSpec, 'units' | 'channels' | 'activation'>
type FilledBody = Filled<BodyLayerSpec, 'units' | 'channels' | 'activation'>
type FilledBlock = Omit<Filled<ResidualLayerSpec, never>, 'layers'> & { readonly layers: readonly FilledBody[] }
type FilledLayer =
  | FilledWeighted
  | Filled<PoolLayerSpec, 'stride'>
  | Filled<Exclude<LayerSpec, WeightedLayerSpec | PoolLayerSpec | ResidualLayerSpec>, never>
  | FilledBlock

/**
 * Fills in the defaults that depend on other fields: a loss and an output layer that fit the data, layer ids. Layers
 * have their fields in one order, whatever the document's, so that equal ones read the same.
 */
export function completeSpec(document: FilledDocument): ExperimentSpec {
  const task = likelyTask(document.data)
  const loss = document.loss ?? lossForTask(task)
  const shape = dataShape(document.data)
  const goal = shape ? goalOf(loss, shape) : task
  const layers = document.layers ? completeLayers(document.layers, goal, loss) : usualLayers(document, goal, loss)
  const { version, name, seed, data, initialisation, optimizer, schedule, training, monitor } = document
  return { version, name, seed, data, layers, initialisation, loss, optimizer, schedule, training, monitor }
}

function usualLayers(document: FilledDocument, goal: Goal, loss: LossSpec): readonly DenseLayerSpec[] {
  const hidden = hiddenWidthsFor(document.data.kind).map((units, index) => denseLayer(index + 1, units, 'relu'))
  return [...hidden, denseLayer(hidden.length + 1, outputUnits(goal, loss), 'linear')]
}

function completeLayers(layers: readonly FilledLayer[], goal: Goal, loss: LossSpec): readonly LayerSpec[] {
  const takeId = idSource(layers)
  return layers.map((layer, index) => {
    const isOutput = index === layers.length - 1
    if (isOutput && layer.kind === 'dense') {
      const { units = outputUnits(goal, loss), activation = 'linear' } = layer
      return { ...defaultLayers.dense, ...layer, id: takeId(layer), units, activation }
    }
    if (isOutput && goal.kind === 'reconstruction' && (layer.kind === 'conv' || layer.kind === 'transposedConv')) {
      const { channels = goal.shape.channels } = layer
      return completeWeighted({ ...layer, channels }, takeId, 'linear')
    }
    return completeLayer(layer, takeId, isOutput ? 'linear' : 'relu')
  })
}

type IdSource = (layer: { readonly id?: number | undefined }) => number

function completeLayer(layer: FilledLayer, takeId: IdSource, usual: 'linear' | 'relu'): LayerSpec {
  switch (layer.kind) {
    case 'dense':
    case 'conv':
    case 'transposedConv':
      return completeWeighted(layer, takeId, usual)
    case 'maxPool':
    case 'averagePool':
      return { ...defaultLayers.maxPool, ...layer, id: takeId(layer), stride: layer.stride ?? layer.size }
    case 'residual': {
      const id = takeId(layer)
      const layers = layer.layers.map((inner) => completeWeighted(inner, takeId, 'relu'))
      return { ...defaultLayers.residual, ...layer, id, layers }
    }
    case 'upsample':
      return { ...defaultLayers.upsample, ...layer, id: takeId(layer) }
    default:
      return { kind: layer.kind, id: takeId(layer) }
  }
}

function completeWeighted(layer: FilledBody, takeId: IdSource, usual: 'linear' | 'relu'): BodyLayerSpec
function completeWeighted(layer: FilledWeighted, takeId: IdSource, usual: 'linear' | 'relu'): WeightedLayerSpec
function completeWeighted(layer: FilledWeighted, takeId: IdSource, usual: 'linear' | 'relu'): WeightedLayerSpec {
  const id = takeId(layer)
  const { activation = usual } = layer
  if (layer.kind === 'dense') {
    return { ...defaultLayers.dense, ...layer, id, activation, units: layer.units ?? defaultLayers.dense.units }
  }
  const { channels = defaultLayers.conv.channels } = layer
  return layer.kind === 'conv'
    ? { ...defaultLayers.conv, ...layer, id, activation, channels }
    : { ...defaultLayers.transposedConv, ...layer, id, activation, channels }
}

/** Layers without an id take their number in the order of the document from 1, or the next that no other layer has. */
function idSource(layers: readonly FilledLayer[]): IdSource {
  const taken = new Set(
    layers.flatMap((layer) => [layer, ...(layer.kind === 'residual' ? layer.layers : [])]).map(({ id }) => id),
  )
  let position = 0
  return ({ id }) => {
    position++
    if (id !== undefined) return id
    let free = position
    while (taken.has(free)) free++
    taken.add(free)
    return free
  }
}

function outputUnits(goal: Goal, loss: LossSpec): number {
  // A loss that does not fit the goal has no right width; the fault then names the loss.
  return requiredOutputUnits(goal, loss)[0] ?? 1
}
