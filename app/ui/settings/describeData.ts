import { positionsOf, type TensorShape } from '../../experiment/tensorShape'
import type { StartedRun } from '../../runs/state'
import { formatCount } from '../common/format'

export type DataSummary = StartedRun['data']

/** Class names written out; of more than this only the first. */
const MOST_CLASSES = 20

/** The line of figures, the classes where they have names that say something, and what is to be known of the data. */
export function describeInFull(data: DataSummary): readonly string[] {
  return [describeData(data), ...describeClasses(data.task), ...data.notes]
}

/** “Classes: cat, dog”; nothing where they are numbers or letters. */
function describeClasses(task: DataSummary['task']): readonly string[] {
  if (task.kind !== 'classification') return []
  const { classNames } = task
  if (classNames.every((name) => name.length < 2 || Number.isFinite(Number(name)))) return []
  const more = classNames.length > MOST_CLASSES ? ` and ${formatCount(classNames.length - MOST_CLASSES)} more` : ''
  return [`Classes: ${classNames.slice(0, MOST_CLASSES).join(', ')}${more}`]
}

/** “4,800 + 1,200 held out · 14×14 · 10 classes”. */
function describeData({ task, shape, trainingCount, heldOutCount }: DataSummary): string {
  const heldOut = heldOutCount > 0 ? ` + ${formatCount(heldOutCount)} held out` : ''
  return [
    `${formatCount(trainingCount)}${heldOut || ' samples'}`,
    describeShape(shape),
    task.kind === 'classification' ? `${task.classes} classes` : 'values',
  ].join(' · ')
}

function describeShape(shape: TensorShape): string {
  const { height, width, channels } = shape
  if (positionsOf(shape) === 1) return `${formatCount(channels)} ${channels === 1 ? 'input' : 'inputs'}`
  return channels === 1 ? `${height}×${width}` : `${height}×${width}×${channels}`
}
