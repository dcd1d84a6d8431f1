import type { DataShape, TaskShape } from './dataShape'
import type { LossSpec } from './spec'
import type { TensorShape } from './tensorShape'

/** What a network is asked for: the targets of its data or, of an autoencoder, the sample itself. */
export type Goal = TaskShape | { readonly kind: 'reconstruction'; readonly shape: TensorShape }

export function goalOf(loss: LossSpec, { task, shape }: Pick<DataShape, 'task' | 'shape'>): Goal {
  return loss.kind === 'reconstruction' ? { kind: 'reconstruction', shape } : task
}
