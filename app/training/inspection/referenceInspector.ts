import type { LayerSpec } from '../../experiment/spec'
import { sameShape } from '../../experiment/tensorShape'
import { viewOf, type FlatParameters } from '../../nn/reference/flatParameters'
import { gridAverage } from '../../nn/reference/gridAverage'
import type { Matrix } from '../../nn/reference/matrix'
import type { ReferenceNetwork } from '../../nn/reference/network'
import type { NodeOutputs } from '../../nn/reference/passes'
import { inspectedOutputs, takeMaps, type InspectedOutput } from './inspectedOutputs'
import type { Inspection, InspectionOptions, LayerMaps } from './inspection'
import { takeFilters, weightsOf } from './takeFilters'

interface ReferenceInspection extends Pick<InspectionOptions, 'filtersOf'> {
  /** Standardised, [height, width, channels]. */
  readonly input: Float32Array
  readonly weights: { readonly step: number; readonly copy: FlatParameters }
}

/** What a float64 network makes of one sample. */
export function inspectReference(
  network: ReferenceNetwork,
  layers: readonly LayerSpec[],
  { input, weights: { step, copy }, filtersOf }: ReferenceInspection,
): Inspection {
  const { graph } = network
  const made = network.forward(input, 1, copy)
  const place = weightsOf(graph, filtersOf)
  const weights = place && viewOf(copy.nodes[place.node]!, 'weights')
  return {
    step,
    layers: inspectedOutputs(graph, layers).map((output) => readMaps(output, made[output.node]!)),
    output: Float32Array.from(made.at(-1)!.preactivation.values),
    filters:
      weights &&
      takeFilters(graph, place, (block, row, column) => {
        return weights.values[(block * place.array.rows + row) * weights.columns + column]!
      }),
  }
}

function readMaps(output: InspectedOutput, made: NodeOutputs): LayerMaps {
  const { values, columns } = averaged(made[output.stage], output)
  return takeMaps(output, values, columns)
}

function averaged(values: Matrix, { shape, shown }: InspectedOutput): Matrix {
  const grid = { ...shown, channels: shape.channels }
  return sameShape(grid, shape) ? values : gridAverage(values, { rows: 1, input: shape, grid })
}
