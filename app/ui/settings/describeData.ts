import type { StartedRun } from '../../runs/state'
import { formatCount } from '../common/format'

export type DataSummary = StartedRun['data']

/** “4,800 + 1,200 held out · 14×14 · 10 classes”. */
export function describeData({ task, sampleShape, trainingCount, heldOutCount }: DataSummary): string {
  const heldOut = heldOutCount > 0 ? ` + ${formatCount(heldOutCount)} held out` : ''
  return [
    `${formatCount(trainingCount)}${heldOut || ' samples'}`,
    describeShape(sampleShape),
    task.kind === 'classification' ? `${task.classes} classes` : 'values',
  ].join(' · ')
}

function describeShape(shape: readonly number[]): string {
  const [first = 0, second = 0, channels = 1] = shape
  if (shape.length < 3) return `${formatCount(first)} ${first === 1 ? 'input' : 'inputs'}`
  return channels === 1 ? `${first}×${second}` : `${first}×${second}×${channels}`
}
