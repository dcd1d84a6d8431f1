import { augmentationFaults } from './augmentation'
import { mostClasses, mostScale } from './dataLimits'
import { dataShape } from './dataShape'
import { adviseName, formatNumber, type FieldFault } from './faults'
import { outputFaults } from './fit'
import { measurableNames } from './layerNames'
import { everyLayer, pathOf } from './layerPlace'
import { shapeLayers } from './layerShapes'
import type { DataSpec } from './dataSpec'
import type { ExperimentSpec } from './spec'

/** What is wrong between fields that are each within their range. */
export function findInconsistencies(spec: ExperimentSpec): readonly FieldFault[] {
  return [
    ...dataFaults(spec.data),
    ...identityFaults(spec),
    ...shapeFaults(spec),
    ...outputFaults(spec, dataShape(spec.data)),
    ...measuredLayerFaults(spec),
  ]
}

/** Of data whose shape is known before they are read. */
function shapeFaults({ data, layers, training }: ExperimentSpec): readonly FieldFault[] {
  const shape = dataShape(data)?.shape
  return shape ? [...shapeLayers(layers, shape).faults, ...augmentationFaults(training.augmentation, shape)] : []
}

function dataFaults(data: DataSpec): readonly FieldFault[] {
  const faults: FieldFault[] = []
  if (data.kind === 'subspace' && data.rank > data.dimensions) {
    const message = `Rank is ${data.rank}, more than the ${data.dimensions} dimensions the samples have. Lower it to ${data.dimensions} or less.`
    faults.push({ path: 'data.rank', message })
  }
  faults.push(...classFaults(data))
  if ('samples' in data && typeof data.heldOut === 'object' && data.heldOut.last >= data.samples) {
    const message = `The last ${formatNumber(data.heldOut.last)} of ${formatNumber(data.samples)} samples are held out, which leaves none to train on. Hold out fewer.`
    faults.push({ path: 'data.heldOut.last', message })
  }
  return faults
}

function classFaults(data: DataSpec): readonly FieldFault[] {
  if (data.kind === 'textures' && data.scale > mostScale(data)) {
    const message = `Scale is ${data.scale}, which needs images of more than ${2 * data.scale} pixels, and they have ${data.size}. Lower it to ${mostScale(data)} or less, or enlarge the images.`
    return [{ path: 'data.scale', message }]
  }
  if (!('classes' in data) || data.classes <= mostClasses(data)) return []
  const most = mostClasses(data)
  const reason =
    data.kind === 'textures'
      ? `at a scale of ${data.scale} there are only ${most} arrangements`
      : `there are only ${most} digits`
  return [{ path: 'data.classes', message: `Classes is ${data.classes}, but ${reason}. Lower it to ${most} or less.` }]
}

function identityFaults(spec: ExperimentSpec): readonly FieldFault[] {
  const seen = new Map<number, string>()
  const faults: FieldFault[] = []
  for (const { place, layer } of everyLayer(spec.layers)) {
    const { id } = layer
    const path = pathOf(place)
    const first = seen.get(id)
    if (first === undefined) {
      seen.set(id, path)
      continue
    }
    const message = `“${first}” and “${path}” both have the id ${id}; they would start from the same random numbers. Give one another id, or leave it out.`
    faults.push({ path: `${path}.id`, message })
  }
  return faults
}

function measuredLayerFaults(spec: ExperimentSpec): readonly FieldFault[] {
  const { layers } = spec.monitor
  if (layers === 'all') return []
  if (layers.length === 0) {
    return [{ path: 'monitor.layers', message: 'No layer is measured. Name at least one, or use “all”.' }]
  }
  const known = measurableNames(spec.layers)
  return layers.flatMap((name, index) => {
    const path = `monitor.layers.${index}`
    if (!known.includes(name))
      return [{ path, message: `The network has no layer “${name}”. ${adviseName(name, known)}` }]
    if (layers.indexOf(name) < index) return [{ path, message: `“${name}” is named twice. Remove one.` }]
    return []
  })
}
