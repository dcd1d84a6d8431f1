import { describeShape } from '../../experiment/layerShapes'
import { positionsOf } from '../../experiment/tensorShape'
import type { Filters, Inspected, LayerMaps } from '../../runs/state'
import { formatMeasure, formatShare } from '../charts/numbers'
import { formatCount } from '../common/format'

/** The values of one channel. */
export function mapOf({ values, shown }: Pick<LayerMaps, 'values' | 'shown'>, channel: number): Float32Array {
  const positions = positionsOf(shown)
  return values.subarray(channel * positions, (channel + 1) * positions)
}

/** “channel 3 of 16”, “unit 7 of 64”. */
export function nameMap({ shape }: Pick<LayerMaps, 'shape'>, channel: number): string {
  return `${positionsOf(shape) > 1 ? 'channel' : 'unit'} ${channel + 1} of ${formatCount(shape.channels)}`
}

/** “0 to 1.24, mean 0.310”; of a single number that. */
export function describeFigures(map: Float32Array): string {
  if (map.length === 1) return formatMeasure(map[0] ?? Number.NaN)
  let [least, greatest, sum] = [Infinity, -Infinity, 0]
  for (const value of map) {
    least = Math.min(least, value)
    greatest = Math.max(greatest, value)
    sum += value
  }
  if (least === greatest) return least === 0 ? '0 everywhere' : `${formatMeasure(least)} everywhere`
  return `${formatMeasure(least)} to ${formatMeasure(greatest)}, mean ${formatMeasure(sum / map.length)}`
}

/** “14×14×16”, and what of it is not shown. */
export function describeSize({ shape, shown }: Pick<LayerMaps, 'shape' | 'shown'>): string {
  const parts = [positionsOf(shape) > 1 ? describeShape(shape) : `${formatCount(shape.channels)} units`]
  if (shown.channels < shape.channels) parts.push(`the first ${formatCount(shown.channels)} shown`)
  if (positionsOf(shown) < positionsOf(shape)) parts.push(`averaged to ${shown.height}×${shown.width}`)
  return parts.join(' · ')
}

/** “16 filters of 3×3, each on 8 channels”, “64 units × 196 weights”; and what of it is not shown. */
export function describeFilters({ height, width, inputs, outputs, shownInputs, shownOutputs }: Filters): string {
  const isMatrix = height * width === 1
  const each = inputs === 1 ? '' : `, each on ${formatCount(inputs)} channels`
  const whole = isMatrix
    ? `${formatCount(outputs)} units × ${formatCount(inputs)} weights`
    : `${formatCount(outputs)} filters of ${height}×${width}${each}`
  if (shownOutputs === outputs && shownInputs === inputs) return whole
  return `${whole} · the first ${formatCount(shownOutputs)} × ${formatCount(shownInputs)} shown`
}

/** “7”, “triangle”: what a class is called. */
export function className({ task }: Pick<Inspected, 'task'>, label: number): string {
  return task.kind === 'classification' ? (task.classNames[label] ?? String(label)) : String(label)
}

/** “held-out sample 17 (7)”, “your drawing”. */
export function describeSample(seen: Inspected): string {
  if (seen.part === 'drawing') return 'your drawing'
  const part = seen.part === 'heldOut' ? 'held-out' : 'training'
  const label = seen.label === undefined ? '' : ` (${className(seen, seen.label)})`
  return `${part} sample ${formatCount((seen.index ?? 0) + 1)}${label}`
}

/** The answer in a sentence, for people who do not see it. */
export function summariseAnswer(seen: Inspected): string {
  const { answer, label, layers, step } = seen
  const about = `Step ${formatCount(step)}, ${describeSample(seen)}: `
  const ending = ` Feature maps of ${layers.length} ${layers.length === 1 ? 'layer' : 'layers'} are shown.`
  if (answer.kind === 'picture') return `${about}the network answers with a picture of its own.${ending}`
  if (answer.kind === 'values') {
    const [first = Number.NaN, ...others] = answer.values
    const more = others.length > 0 ? ` and ${formatCount(others.length)} more` : ''
    return `${about}the network answers with ${formatMeasure(first)}${more}.${ending}`
  }
  const best = largestIndex(answer.values)
  if (best === undefined) return `${about}the network’s outputs are not numbers.${ending}`
  const strength = answer.kind === 'probabilities' ? ` with ${formatShare(answer.values[best] ?? 0)}` : ''
  const verdict = label === undefined ? '' : label === best ? ', which is right' : ', which is wrong'
  return `${about}the network says ${className(seen, best)}${strength}${verdict}.${ending}`
}

/** Place of the largest value; NaN is never it, and undefined where all are. */
export function largestIndex(values: Float32Array): number | undefined {
  let best: number | undefined
  values.forEach((value, index) => {
    if (!Number.isNaN(value) && (best === undefined || value > values[best]!)) best = index
  })
  return best
}
