import { likelyTask, type TaskShape } from './dataShape'
import { denseLayer, hiddenWidthsFor, lossForTask } from './defaults'
import { requiredOutputUnits } from './fit'
import { numberSettings } from './settings'
import type { Activation, DenseLayerSpec, ExperimentSpec, LossSpec } from './spec'

/** A document after the schema: only what depends on other fields may still be missing. */
export interface FilledDocument extends Omit<ExperimentSpec, 'layers' | 'loss'> {
  readonly layers?: readonly FilledLayer[] | undefined
  readonly loss?: LossSpec | undefined
}

interface FilledLayer {
  readonly kind: 'dense'
  readonly id?: number | undefined
  readonly units?: number | undefined
  readonly activation?: Activation | undefined
  readonly dropout: number
}

/** Fills in the defaults that depend on other fields: a loss and an output layer that fit the data, layer ids. */
export function completeSpec(document: FilledDocument): ExperimentSpec {
  const task = likelyTask(document.data)
  const loss = document.loss ?? lossForTask(task)
  const layers = document.layers ? completeLayers(document.layers, task, loss) : defaultLayers(document, task, loss)
  const { version, name, seed, data, initialisation, optimizer, schedule, training, monitor } = document
  return { version, name, seed, data, layers, initialisation, loss, optimizer, schedule, training, monitor }
}

function defaultLayers(document: FilledDocument, task: TaskShape, loss: LossSpec): readonly DenseLayerSpec[] {
  const hidden = hiddenWidthsFor(document.data.kind).map((units, index) => denseLayer(index + 1, units, 'relu'))
  return [...hidden, denseLayer(hidden.length + 1, outputUnits(task, loss), 'linear')]
}

function completeLayers(layers: readonly FilledLayer[], task: TaskShape, loss: LossSpec): readonly DenseLayerSpec[] {
  const ids = completeIds(layers.map((layer) => layer.id))
  return layers.map((layer, index) => {
    const isOutput = index === layers.length - 1
    return {
      kind: layer.kind,
      id: ids[index] ?? index,
      units: layer.units ?? (isOutput ? outputUnits(task, loss) : numberSettings['layers.units'].default),
      activation: layer.activation ?? (isOutput ? 'linear' : 'relu'),
      dropout: layer.dropout,
    }
  })
}

/** Layers without an id take their position from 1, or the next number no other layer has. */
function completeIds(given: readonly (number | undefined)[]): readonly number[] {
  const taken = new Set(given)
  return given.map((id, index) => {
    if (id !== undefined) return id
    let free = index + 1
    while (taken.has(free)) free++
    taken.add(free)
    return free
  })
}

function outputUnits(task: TaskShape, loss: LossSpec): number {
  // A loss that does not fit the task has no right width; the fault then names the loss.
  return requiredOutputUnits(task, loss)[0] ?? 1
}
