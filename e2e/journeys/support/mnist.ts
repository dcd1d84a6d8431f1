import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { createDataset } from '../../../app/data/createDataset'
import { parseSpecOrThrow } from '../../../app/experiment/schema'
import { writeMnistPair } from '../../tools/idxFiles'

/** Paths of a pair of MNIST files on this machine: 10,000 images of 28 × 28 and their labels. */
export interface DigitFiles {
  readonly images: string
  readonly labels: string
  readonly source: 'MNIST' | 'drawn digits'
}

const mnistFolder = fileURLToPath(new URL('../../../../shared/data/mnist/', import.meta.url))
const names = { images: 't10k-images-idx3-ubyte.gz', labels: 't10k-labels-idx1-ubyte.gz' }

/** MNIST's test files where they are; else digits of our own in the same format, written to `pathFor` their names. */
export function findDigitFiles(pathFor: (name: string) => string): DigitFiles {
  const mnist = { images: join(mnistFolder, names.images), labels: join(mnistFolder, names.labels) }
  if (existsSync(mnist.images) && existsSync(mnist.labels)) return { ...mnist, source: 'MNIST' }
  console.warn(`\n!! There is no MNIST in ${mnistFolder}: this journey runs on drawn digits instead. !!\n`)
  const drawn = { images: pathFor(names.images), labels: pathFor(names.labels) }
  const { images, labels } = drawDigits()
  writeFileSync(drawn.images, gzipSync(images))
  writeFileSync(drawn.labels, gzipSync(labels))
  return { ...drawn, source: 'drawn digits' }
}

function drawDigits() {
  const side = 28
  const { data, seed } = parseSpecOrThrow({
    data: { kind: 'digits', size: side, samples: 10_000, standardise: 'none' },
  })
  if (data.kind !== 'digits') throw new Error('a spec for digits came back as something else')
  const { inputs, targets } = createDataset(data, seed)
  return writeMnistPair(inputs, targets, side)
}
