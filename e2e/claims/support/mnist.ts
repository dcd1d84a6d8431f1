import { commands } from 'vitest/browser'
import type { ExperimentDocument } from '../../../app/api'

/** Paths are relative to the repository. */
const FOLDER = '../shared/data/mnist'
const NAMES = ['t10k-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz'] as const

/** What a run on handwritten digits needs; the last 2,000 of MNIST's 10,000 test pictures are held out. */
export async function handwrittenDigits(): Promise<{
  readonly data: NonNullable<ExperimentDocument['data']>
  readonly files?: readonly File[]
}> {
  try {
    const files = await Promise.all(NAMES.map(readAsFile))
    return { data: { kind: 'idx', heldOut: { last: 2_000 } }, files }
  } catch (error) {
    console.warn(`\n!! No MNIST in ${FOLDER}: this claim is tried on drawn digits instead. ${String(error)} !!\n`)
    return { data: { kind: 'digits', size: 28, samples: 10_000, heldOut: 0.2, standardise: 'dataset' } }
  }
}

async function readAsFile(name: string): Promise<File> {
  const text = atob(await commands.readFile(`${FOLDER}/${name}`, 'base64'))
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0))
  return new File([bytes], name)
}
