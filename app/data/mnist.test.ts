import { existsSync, readFileSync } from 'node:fs'
import { gzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { writeMnistPair } from '../../e2e/tools/idxFiles'
import { createDataset } from './createDataset'
import { buildDataset } from './fileDataset'
import { readForTest } from './readForTest'

const FOLDER = new URL('../../../shared/data/mnist/', import.meta.url)
const NAMES = ['t10k-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz'] as const

/** MNIST's test files where the machine has them, else files of the same form written from `digits`. */
function mnistFiles(): { files: File[]; count: number } {
  if (NAMES.every((name) => existsSync(new URL(name, FOLDER)))) {
    const files = NAMES.map((name) => new File([Uint8Array.from(readFileSync(new URL(name, FOLDER)))], name))
    return { files, count: 10_000 }
  }
  console.warn(`MNIST is not at ${FOLDER.pathname}: reading IDX files written from generated digits instead.`)
  const common = { samples: 2000, noise: 0, labelNoise: 0, heldOut: 0, standardise: 'none' } as const
  const { inputs, targets } = createDataset({ kind: 'digits', size: 28, classes: 10, ...common }, 1)
  const { images, labels } = writeMnistPair(inputs, targets, 28)
  const files = [images, labels].map((file, index) => new File([Uint8Array.from(gzipSync(file))], NAMES[index] ?? ''))
  return { files, count: targets.length }
}

test('MNIST’s gzipped test files become pictures of digits, the last tenth held out', async () => {
  const { files, count } = mnistFiles()
  const spec = { kind: 'idx', resize: null, heldOut: { last: count / 10 }, standardise: 'dataset' } as const
  const { content, summary } = await readForTest(files.toReversed(), spec)
  expect(summary.summary).toMatchObject({
    name: 't10k-images-idx3-ubyte.gz',
    shape: { height: 28, width: 28, channels: 1 },
    features: 784,
    trainingCount: 0.9 * count,
    heldOutCount: count / 10,
    task: { kind: 'classification', classes: 10 },
  })
  const dataset = buildDataset(content, spec, 1)
  expect(dataset.targets).toHaveLength(count)
  const training = dataset.inputs.subarray(0, 0.9 * count * 784)
  const mean = training.reduce((sum, value) => sum + value, 0) / training.length
  const variance = training.reduce((sum, value) => sum + (value - mean) ** 2, 0) / training.length
  expect(mean).toBeCloseTo(0, 4)
  expect(variance).toBeCloseTo(1, 4)
  for (let label = 0; label < 10; label++) {
    expect(dataset.targets.filter((target) => target === label).length).toBeGreaterThan(0.08 * count)
  }
  if (count < 10_000) return
  // The known first labels and the known mean intensity of MNIST's test pictures.
  expect([...dataset.targets.subarray(0, 8)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9])
  expect(dataset.standardisation.mean[0]).toBeCloseTo(0.1325, 2)
  expect(dataset.standardisation.deviation[0]).toBeCloseTo(0.3105, 2)
})
