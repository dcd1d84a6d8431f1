import type { ArrayRole, Graph } from '../graph'
import { arrayLength, arraysOf, orderByRegion, regionOf, type ArrayValues } from '../parameters'
import { createMatrix, type Matrix } from './matrix'

/** A node's arrays, [blocks · rows, columns] each; writing to one writes to the flat array. */
export type NodeViews = Readonly<Partial<Record<ArrayRole, Matrix>>>

/** Parameters or gradients of a network without padding, in the order of `ParameterLayout`. */
export interface FlatParameters {
  readonly values: Float64Array
  /** Elements before the first that is no weight, and before the first that is not trained. */
  readonly weightLength: number
  readonly trainedLength: number
  /** By array, in the order of `arraysOf`. */
  readonly arrays: readonly Matrix[]
  readonly nodes: readonly NodeViews[]
}

export function createFlatParameters(graph: Pick<Graph, 'nodes'>): FlatParameters {
  const shapes = arraysOf(graph)
  const lengthBefore = (region: number): number =>
    shapes.reduce((sum, shape) => sum + (regionOf(shape) < region ? arrayLength(shape) : 0), 0)
  const values = new Float64Array(lengthBefore(Infinity))
  const starts = new Map<number, number>()
  let next = 0
  for (const index of orderByRegion(shapes)) {
    starts.set(index, next)
    next += arrayLength(shapes[index]!)
  }
  const arrays = shapes.map((shape, index) => {
    const start = starts.get(index)!
    const view = values.subarray(start, start + arrayLength(shape))
    return createMatrix(shape.blocks * shape.rows, shape.columns, view)
  })
  let taken = 0
  const nodes = graph.nodes.map((node): NodeViews => {
    return Object.fromEntries(node.arrays.map(({ role }) => [role, arrays[taken++]!]))
  })
  return { values, weightLength: lengthBefore(1), trainedLength: lengthBefore(2), arrays, nodes }
}

/** An array that a node of its kind has. */
export function viewOf(views: NodeViews, role: ArrayRole): Matrix {
  const view = views[role]
  if (!view) throw new Error(`the node has no ${role}`)
  return view
}

/** The same numbers, apart from the original. */
export function copyFlatParameters(flat: FlatParameters, graph: Pick<Graph, 'nodes'>): FlatParameters {
  const copy = createFlatParameters(graph)
  copy.values.set(flat.values)
  return copy
}

export function writeArrays({ arrays }: FlatParameters, values: ArrayValues): void {
  arrays.forEach((array, index) => array.values.set(values[index]!))
}

/** Copies, rounded to f32. */
export function readArrays({ arrays }: FlatParameters): ArrayValues {
  return arrays.map(({ values }) => Float32Array.from(values))
}
