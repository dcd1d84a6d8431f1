import '@tensorflow/tfjs-backend-webgl'
import '@tensorflow/tfjs-backend-webgpu'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-core/dist/register_all_gradients'
import { timeSteps, type Contender, type Trainer } from '../contender'
import {
  countClasses,
  KERNEL_EDGE,
  makeBatch,
  makeWeights,
  placeLayers,
  POOL_EDGE,
  type BenchNetwork,
  type PlacedLayer,
} from '../networks'

/** TensorFlow.js on one of its backends, with its own optimizer, gradients and memory management. */
export function tensorflow(backend: 'webgpu' | 'webgl'): Contender {
  return {
    name: `TensorFlow.js ${tf.version_core} ${backend}`,
    async open(network) {
      await useBackend(backend)
      return openTrainer(backend, network)
    },
  }
}

async function useBackend(backend: string): Promise<void> {
  if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js has no ${backend} here`)
  await tf.ready()
}

/** A layer's function with its own weights. */
interface TensorflowLayer {
  readonly apply: (values: tf.Tensor) => tf.Tensor
  readonly variables: readonly tf.Variable[]
}

/** Images are [batch, height, width, channels], as ours; flattened, their channels lie side by side. */
function buildLayer({ layer, weights, activation }: PlacedLayer): TensorflowLayer {
  if (layer.kind === 'maxPool') {
    return { apply: (values) => tf.maxPool(values as tf.Tensor4D, POOL_EDGE, POOL_EDGE, 'valid'), variables: [] }
  }
  const [rows, columns] = weights!
  const bias = tf.variable(tf.zeros<tf.Rank.R1>([columns]))
  if (layer.kind === 'dense') {
    const weight = tf.variable(tf.tensor2d(makeWeights(rows, columns), [rows, columns]))
    const apply = (values: tf.Tensor) =>
      tf.fused.matMul({ a: tf.reshape(values, [values.shape[0]!, rows]), b: weight, bias, activation })
    return { apply, variables: [weight, bias] }
  }
  const shape: [number, number, number, number] = [KERNEL_EDGE, KERNEL_EDGE, rows / KERNEL_EDGE ** 2, columns]
  const filter = tf.variable(tf.tensor4d(makeWeights(rows, columns), shape))
  const apply = (values: tf.Tensor) =>
    tf.fused.conv2d({ x: values as tf.Tensor4D, filter, strides: 1, pad: 'same', bias, activation })
  return { apply, variables: [filter, bias] }
}

function openTrainer(backend: string, network: BenchNetwork): Trainer {
  const { height, width, channels } = network.input
  const batch = makeBatch(network)
  const inputs = tf.tensor4d(batch.inputs, [network.batch, height, width, channels])
  const labels = tf.tidy(
    () => tf.cast(tf.oneHot(tf.tensor1d(batch.labels, 'int32'), countClasses(network)), 'float32') as tf.Tensor2D,
  )
  const layers = placeLayers(network).map(buildLayer)
  const variables = layers.flatMap((layer) => layer.variables)
  const optimizer = tf.train.adam(0.001)
  const meanLoss = (): tf.Scalar => {
    let values: tf.Tensor = inputs
    for (const { apply } of layers) values = apply(values)
    return tf.losses.softmaxCrossEntropy(labels, values)
  }
  return {
    async run(steps) {
      await useBackend(backend)
      return timeSteps(steps, async () => {
        for (let step = 0; step < steps; step++) optimizer.minimize(meanLoss)
        await variables.at(-1)!.data()
      })
    },
    async loss() {
      await useBackend(backend)
      const loss = tf.tidy(meanLoss)
      const [value] = await loss.data()
      loss.dispose()
      return value!
    },
    close() {
      tf.dispose([inputs, labels, ...variables])
      optimizer.dispose()
    },
  }
}
