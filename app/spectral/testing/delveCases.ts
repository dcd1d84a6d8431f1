import delve from '../../metrics/fixtures/delve.json'

/** A layer as Delve measured it, and what it got. */
export interface DelveCase {
  readonly name: string
  /** [samples, features] */
  readonly activations: Float32Array
  readonly samples: number
  /** Places of an image, which are samples each; 1 where there are no images. */
  readonly positions: number
  readonly features: number
  readonly eigenvalues: readonly number[]
  readonly trace: number
  readonly paperDimension: number
  readonly delveDimension: number
  /** Absent for the dead layer. */
  readonly ranks: { readonly effective: number; readonly participation: number; readonly stable: number } | undefined
}

export const DELVE_CASES: readonly DelveCase[] = Object.entries(delve).map(([name, recorded]) => ({
  name,
  activations: samplesFirst(recorded.data, recorded.shape),
  samples: recorded.rows,
  positions: recorded.rows / recorded.shape[0]!,
  features: recorded.eigenvalues_desc.length,
  eigenvalues: recorded.eigenvalues_desc,
  trace: recorded.trace,
  paperDimension: recorded.k_paper,
  delveDimension: recorded.delve.idim,
  ranks:
    'erank_eig' in recorded
      ? {
          effective: recorded.erank_eig,
          participation: recorded.participation_ratio,
          stable: recorded.stable_rank,
        }
      : undefined,
}))

/** Rows of features; in images [batch, channels, height, width] every position is a sample and channels are features. */
function samplesFirst(data: readonly number[], shape: readonly number[]): Float32Array {
  const [batch = 0, channels = 0, height = 1, width = 1] = shape
  const positions = height * width
  const rows = new Float32Array(data.length)
  for (let image = 0; image < batch; image++) {
    for (let channel = 0; channel < channels; channel++) {
      for (let position = 0; position < positions; position++) {
        rows[(image * positions + position) * channels + channel] =
          data[(image * channels + channel) * positions + position]!
      }
    }
  }
  return rows
}
