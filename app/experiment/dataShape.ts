import type { DataSpec } from './spec'

/** What the targets are; `Task` of data/dataset.ts fits it. */
export type TaskShape =
  | { readonly kind: 'classification'; readonly classes: number }
  | { readonly kind: 'regression'; readonly outputs: number }

/** What a network has to know of its data; a `Dataset` fits it. */
export interface DataShape {
  /** Numbers per sample. */
  readonly features: number
  readonly task: TaskShape
}

/** The shape of generated data; undefined for files, whose shape is known once they are read. */
export function dataShape(data: DataSpec): DataShape | undefined {
  switch (data.kind) {
    case 'circle':
    case 'xor':
    case 'spirals':
    case 'moons':
    case 'checkerboard':
      return { features: 2, task: { kind: 'classification', classes: 2 } }
    case 'gaussians':
      return { features: 2, task: { kind: 'classification', classes: data.classes } }
    case 'plane':
    case 'hills':
      return { features: 2, task: { kind: 'regression', outputs: 1 } }
    case 'subspace':
    case 'teacher':
      return { features: data.dimensions, task: { kind: 'classification', classes: data.classes } }
    case 'digits':
      return { features: data.size ** 2, task: { kind: 'classification', classes: data.classes } }
    case 'idx':
    case 'csv':
      break
  }
  return undefined
}

/** The task where it can be told, or the likeliest one: ten classes for MNIST's format, two for a table. */
export function likelyTask(data: DataSpec): TaskShape {
  const shape = dataShape(data)
  if (shape) return shape.task
  if (data.kind === 'csv' && data.task === 'regression') return { kind: 'regression', outputs: 1 }
  return { kind: 'classification', classes: data.kind === 'idx' ? 10 : 2 }
}
