import '@tensorflow/tfjs-backend-webgl'
import '@tensorflow/tfjs-backend-webgpu'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-core/dist/register_all_gradients'
import { timeSteps, type Contender, type Trainer } from '../contender'
import { layerShapes, makeBatch, makeWeights, type BenchNetwork } from '../networks'

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

function openTrainer(backend: string, network: BenchNetwork): Trainer {
  const classes = network.widths.at(-1)!
  const batch = makeBatch(network)
  const inputs = tf.tensor2d(batch.inputs, [network.batch, network.widths[0]!])
  const labels = tf.tidy(
    () => tf.cast(tf.oneHot(tf.tensor1d(batch.labels, 'int32'), classes), 'float32') as tf.Tensor2D,
  )
  const layers = layerShapes(network).map(([rows, columns]) => ({
    weight: tf.variable(tf.tensor2d(makeWeights(rows, columns), [rows, columns])),
    bias: tf.variable(tf.zeros<tf.Rank.R1>([columns])),
  }))
  const optimizer = tf.train.adam(0.001)
  const meanLoss = (): tf.Scalar => {
    let values: tf.Tensor = inputs
    layers.forEach(({ weight, bias }, index) => {
      const activation = index === layers.length - 1 ? 'linear' : 'relu'
      values = tf.fused.matMul({ a: values, b: weight, bias, activation })
    })
    return tf.losses.softmaxCrossEntropy(labels, values)
  }
  return {
    async run(steps) {
      await useBackend(backend)
      return timeSteps(steps, async () => {
        for (let step = 0; step < steps; step++) optimizer.minimize(meanLoss)
        await layers.at(-1)!.bias.data()
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
      tf.dispose([inputs, labels, ...layers.flatMap(({ weight, bias }) => [weight, bias])])
      optimizer.dispose()
    },
  }
}
