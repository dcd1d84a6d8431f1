import { lossChoices, normalisationChoices } from './choices'
import type { DataShape } from './dataShape'
import { formatNumber, listAlternatives, type FieldFault } from './faults'
import { goalOf, type Goal } from './goal'
import { hasWeights, layerWidth } from './layerNames'
import { reconstructionFaults } from './reconstruction'
import type { ExperimentSpec, LossSpec } from './spec'
import { elementsOf } from './tensorShape'

/**
 * Widths of a dense output layer that fit goal and loss, the usual one first; none where the loss does not fit the goal.
 * Mean squared error on classes compares with 1 for the right class and 0 for the others.
 */
export function requiredOutputUnits(goal: Goal, loss: LossSpec): readonly number[] {
  if (goal.kind === 'reconstruction') return [elementsOf(goal.shape)]
  if (goal.kind === 'regression') return loss.kind === 'meanSquaredError' ? [goal.outputs] : []
  if (loss.kind === 'binaryCrossEntropy' && goal.classes === 2) return [1, 2]
  return [goal.classes]
}

/** What is wrong with the output layer and the loss; with data of `undefined`, what is wrong for all data. */
export function outputFaults(spec: ExperimentSpec, data: DataShape | undefined): readonly FieldFault[] {
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
  if (data) faults.push(...goalFaults(spec, goalOf(spec.loss, data), index, layerWidth(output) ?? 0))
  return faults
}

function goalFaults(spec: ExperimentSpec, goal: Goal, index: number, units: number): readonly FieldFault[] {
  if (goal.kind === 'reconstruction') return reconstructionFaults(spec.layers, goal.shape)
  const allowed = requiredOutputUnits(goal, spec.loss)
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
  const wanted = goal.kind === 'classification' ? `${goal.classes} classes` : countOf(goal.outputs, 'target value')
  const figures = listAlternatives(allowed.map(formatNumber))
  const message = `The output layer has ${countOf(units, 'unit')}; ${wanted} with ${loss.toLowerCase()} need ${figures}. Set it to ${formatNumber(allowed[0] ?? 1)}.`
  return [{ path: `layers.${index}.units`, message }]
}

function countOf(count: number, noun: string): string {
  return `${formatNumber(count)} ${noun}${count === 1 ? '' : 's'}`
}
