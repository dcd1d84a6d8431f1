import type { DataSpec } from './dataSpec'
import { elementsOf, flatShape, type TensorShape } from './tensorShape'

/** What the targets are; `Task` of data/dataset.ts fits it. */
export type TaskShape =
  | { readonly kind: 'classification'; readonly classes: number }
  | { readonly kind: 'regression'; readonly outputs: number }

/** What a network has to know of its data; a `Dataset` fits it. */
export interface DataShape {
  /** Of one sample; of what is no image 1×1 with its features as channels. */
  readonly shape: TensorShape
  /** Numbers per sample: the elements of `shape`. */
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
      return classified(flatShape(2), 2)
    case 'gaussians':
      return classified(flatShape(2), data.classes)
    case 'plane':
    case 'hills':
      return { shape: flatShape(2), features: 2, task: { kind: 'regression', outputs: 1 } }
    case 'subspace':
    case 'teacher':
      return classified(flatShape(data.dimensions), data.classes)
    case 'digits':
      return classified({ height: data.size, width: data.size, channels: 1 }, data.classes)
    case 'shapes':
      return classified({ height: data.size, width: data.size, channels: 3 }, data.classes)
    case 'textures':
      return classified({ height: data.size, width: data.size, channels: 1 }, data.classes)
    case 'idx':
    case 'cifar10':
    case 'images':
    case 'csv':
      break
  }
  return undefined
}

function classified(shape: TensorShape, classes: number): DataShape {
  return { shape, features: elementsOf(shape), task: { kind: 'classification', classes } }
}

/** The task where it can be told, or the likeliest one: ten classes for MNIST's format and CIFAR-10, else two. */
export function likelyTask(data: DataSpec): TaskShape {
  const shape = dataShape(data)
  if (shape) return shape.task
  if (data.kind === 'csv' && data.task === 'regression') return { kind: 'regression', outputs: 1 }
  return { kind: 'classification', classes: data.kind === 'idx' || data.kind === 'cifar10' ? 10 : 2 }
}
