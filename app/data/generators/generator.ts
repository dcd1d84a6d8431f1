import type { RandomStream } from '../../experiment/random'
import type { DataKind, GeneratedDataSpec } from '../../experiment/dataSpec'
import type { TensorShape } from '../../experiment/tensorShape'
import type { Task } from '../dataset'

/** A synthetic data set: what it is for a given spec, and how to make its samples. */
export interface Generator<Spec> {
  describe(spec: Spec): Description
  /**
   * Fills all samples, classes balanced in every stretch of the order, so that any split is balanced too.
   *
   * @param inputs [spec.samples, height, width, channels], row-major
   * @param targets [spec.samples]: class numbers or regression targets
   * @param random draws the samples; every other use of randomness has its own stream
   */
  generate(spec: Spec, random: RandomStream, inputs: Float32Array, targets: Float32Array): void
}

interface Description {
  /** For people: “digits 14×14”. */
  readonly name: string
  readonly task: Task
  /** Of one sample. */
  readonly shape: TensorShape
}

export type GeneratedKind = GeneratedDataSpec['kind']
/** The spec of each kind, where kinds may share one interface. */
export type SpecOf<Kind extends DataKind, Spec = GeneratedDataSpec> = Spec extends { readonly kind: infer Kinds }
  ? Kind extends Kinds
    ? Spec
    : never
  : never

/** Classes named by their numbers. */
export function numberedClasses(classes: number): Task {
  return { kind: 'classification', classes, classNames: Array.from({ length: classes }, (_, index) => String(index)) }
}
