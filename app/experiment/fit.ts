import { lossChoices, normalisationChoices } from './choices'
import type { TaskShape } from './dataShape'
import { formatNumber, listAlternatives, type FieldFault } from './faults'
import { hasWeights, layerWidth } from './layerNames'
import type { ExperimentSpec, LossSpec } from './spec'

/**
 * Widths of the output layer that fit task and loss, the usual one first; none where the loss does not fit the task.
 * Mean squared error on classes compares with 1 for the right class and 0 for the others.
 */
export function requiredOutputUnits(task: TaskShape, loss: LossSpec): readonly number[] {
  if (task.kind === 'regression') return loss.kind === 'meanSquaredError' ? [task.outputs] : []
  if (loss.kind === 'binaryCrossEntropy' && task.classes === 2) return [1, 2]
  return [task.classes]
}

/** What is wrong with the output layer and the loss; with a task of `undefined`, what is wrong for every task. */
export function outputFaults(spec: ExperimentSpec, task: TaskShape | undefined): readonly FieldFault[] {
  const index = spec.layers.length - 1
  const output = spec.layers[index]
  if (!output) return [{ path: 'layers', message: 'A network has at least one layer, its output. Add one.' }]
  if (!hasWeights(output)) {
    const message = 'The last layer has no weights of its own to give an answer with. Add a dense layer after it.'
    return [{ path: `layers.${index}`, message }]
  }
  const faults: FieldFault[] = []
  if (output.normalisation !== 'none') {
    const message = `The output layer has ${normalisationChoices[output.normalisation].label.toLowerCase()}; the loss needs its result as it is. Set it to none.`
    faults.push({ path: `layers.${index}.normalisation`, message })
  }
  if (output.activation !== 'linear') {
    const message = `The output layer’s activation is ${output.activation}; the loss applies its own, so it must be linear. Set it to linear, or add a layer after it.`
    faults.push({ path: `layers.${index}.activation`, message })
  }
  if (output.dropout !== 0) {
    const message = `The output layer’s dropout is ${formatNumber(output.dropout)}; outputs are never dropped, so it must be 0. Set it to 0.`
    faults.push({ path: `layers.${index}.dropout`, message })
  }
  if (task) faults.push(...taskFaults(spec, task, index, layerWidth(output) ?? 0))
  return faults
}

function taskFaults(spec: ExperimentSpec, task: TaskShape, index: number, units: number): readonly FieldFault[] {
  const allowed = requiredOutputUnits(task, spec.loss)
  const loss = lossChoices[spec.loss.kind].label
  if (allowed.length === 0) {
    const message = `${loss} compares with classes, and the data have values to come close to. Use ${lossChoices.meanSquaredError.label.toLowerCase()}.`
    return [{ path: 'loss.kind', message }]
  }
  if (spec.layers[index]?.kind !== 'dense') {
    return [
      {
        path: `layers.${index}`,
        message: 'The output layer has to be dense: it answers with one number per class or value.',
      },
    ]
  }
  if (allowed.includes(units)) return []
  const wanted = task.kind === 'classification' ? `${task.classes} classes` : countOf(task.outputs, 'target value')
  const figures = listAlternatives(allowed.map(formatNumber))
  const message = `The output layer has ${countOf(units, 'unit')}; ${wanted} with ${loss.toLowerCase()} need ${figures}. Set it to ${formatNumber(allowed[0] ?? 1)}.`
  return [{ path: `layers.${index}.units`, message }]
}

function countOf(count: number, noun: string): string {
  return `${formatNumber(count)} ${noun}${count === 1 ? '' : 's'}`
}
