import { dataShape } from './dataShape'
import { adviseName, formatNumber, type FieldFault } from './faults'
import { outputFaults } from './fit'
import { layerNames } from './layerNames'
import type { DataSpec, ExperimentSpec } from './spec'

/** What is wrong between fields that are each within their range. */
export function findInconsistencies(spec: ExperimentSpec): readonly FieldFault[] {
  return [
    ...dataFaults(spec.data),
    ...identityFaults(spec),
    ...outputFaults(spec, dataShape(spec.data)?.task),
    ...measuredLayerFaults(spec),
  ]
}

function dataFaults(data: DataSpec): readonly FieldFault[] {
  const faults: FieldFault[] = []
  if (data.kind === 'subspace' && data.rank > data.dimensions) {
    const message = `Rank is ${data.rank}, more than the ${data.dimensions} dimensions the samples have. Lower it to ${data.dimensions} or less.`
    faults.push({ path: 'data.rank', message })
  }
  if ('samples' in data && typeof data.heldOut === 'object' && data.heldOut.last >= data.samples) {
    const message = `The last ${formatNumber(data.heldOut.last)} of ${formatNumber(data.samples)} samples are held out, which leaves none to train on. Hold out fewer.`
    faults.push({ path: 'data.heldOut.last', message })
  }
  return faults
}

function identityFaults(spec: ExperimentSpec): readonly FieldFault[] {
  const seen = new Map<number, number>()
  const faults: FieldFault[] = []
  for (const [index, { id }] of spec.layers.entries()) {
    const first = seen.get(id)
    if (first === undefined) {
      seen.set(id, index)
      continue
    }
    const message = `Layers ${first} and ${index} both have the id ${id}; they would start from the same random numbers. Give one another id, or leave it out.`
    faults.push({ path: `layers.${index}.id`, message })
  }
  return faults
}

function measuredLayerFaults(spec: ExperimentSpec): readonly FieldFault[] {
  const { layers } = spec.monitor
  if (layers === 'all') return []
  if (layers.length === 0) {
    return [{ path: 'monitor.layers', message: 'No layer is measured. Name at least one, or use “all”.' }]
  }
  const known = layerNames(spec.layers.length)
  return layers.flatMap((name, index) => {
    const path = `monitor.layers.${index}`
    if (!known.includes(name))
      return [{ path, message: `The network has no layer “${name}”. ${adviseName(name, known)}` }]
    if (layers.indexOf(name) < index) return [{ path, message: `“${name}” is named twice. Remove one.` }]
    return []
  })
}
