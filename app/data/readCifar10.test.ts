import { gzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { writeCifarBatch } from '../../e2e/tools/cifarFiles'
import type { Cifar10Data } from '../experiment/dataSpec'
import { buildDataset } from './fileDataset'
import { fileOf, readForTest, refusal } from './readForTest'

/** Images whose red tells column, green row and blue the label. */
function batch(labels: readonly number[]) {
  return writeCifarBatch(
    labels.map((label) => ({ label, colourAt: (pixel) => [pixel % 32, Math.floor(pixel / 32), label * 20] })),
  )
}

const PLAIN: Cifar10Data = { kind: 'cifar10', resize: null, grayscale: false, heldOut: 0, standardise: 'none' }

describe('CIFAR-10', () => {
  test('becomes pictures of 32×32 pixels with their three colours side by side', async () => {
    const { content } = await readForTest([fileOf('data_batch_1.bin', batch([3, 7, 1]))])
    const { shape, features, inputs, targets, task } = buildDataset(content, PLAIN, 1)
    expect([shape, features]).toEqual([{ height: 32, width: 32, channels: 3 }, 3072])
    expect([...targets]).toEqual([3, 7, 1])
    expect(task).toMatchObject({ classes: 10, classNames: expect.arrayContaining(['airplane', 'truck']) as unknown })
    const at = 3072 + (5 * 32 + 9) * 3
    expect([...inputs.subarray(at, at + 3)].map((value) => Math.round(value * 255))).toEqual([9, 5, 140])
  })

  test('takes batches in order of their numbers, those for testing last and held out, gzipped or not', async () => {
    const files = [
      fileOf('test_batch.bin', batch([9, 9])),
      fileOf('data_batch_10.bin', batch([4])),
      fileOf('data_batch_2.bin.gz', Uint8Array.from(gzipSync(batch([2, 3])))),
      fileOf('batches.meta.txt', 'airplane\n'),
      fileOf('readme.html', '<html></html>'),
    ]
    const { content, summary } = await readForTest(files)
    expect(summary.data).toMatchObject({ kind: 'cifar10', heldOut: { last: 2 }, standardise: 'channel', resize: null })
    expect(summary.summary).toMatchObject({ trainingCount: 3, heldOutCount: 2 })
    expect([...buildDataset(content, PLAIN, 1).targets]).toEqual([2, 3, 4, 9, 9])
  })

  test('is resized and made grey as the spec says, from what was read once', async () => {
    const { content } = await readForTest([fileOf('data_batch_1.bin', batch([3, 7]))])
    const small = buildDataset(content, { ...PLAIN, resize: 16, grayscale: true }, 1)
    expect(small.shape).toEqual({ height: 16, width: 16, channels: 1 })
    // Columns 8 and 9, rows 4 and 5 of the second image, by the weights of luma.
    expect(small.inputs[256 + 2 * 16 + 4]! * 255).toBeCloseTo(0.299 * 8.5 + 0.587 * 4.5 + 0.114 * 140, 4)
    expect(buildDataset(content, { ...PLAIN, resize: 64 }, 1).features).toBe(12_288)
  })

  test('is known by its records where its name says nothing', async () => {
    const { summary } = await readForTest([fileOf('mine.bin', batch([5, 6]))])
    expect(summary.data.kind).toBe('cifar10')
  })

  test('is refused where it is cut short, has labels beyond 9 or one class only', async () => {
    const whole = batch([1, 2])
    expect(await refusal([fileOf('data_batch_1.bin', whole.slice(0, 5000))])).toMatch(
      /^data_batch_1\.bin: image 1 \(counted from 0\) has 1,927 bytes, expected 3,073.+Download it again/,
    )
    expect(await refusal([fileOf('data_batch_1.bin', batch([1, 12]))])).toContain(
      'the label of image 1 (counted from 0) is 12',
    )
    expect(await refusal([fileOf('data_batch_1.bin', batch([4, 4]))])).toContain('all 2 images are of class “deer”')
    expect(await refusal([fileOf('data_batch_1.bin', new Uint8Array(0))])).toContain('is empty')
  })

  test('is refused beside files of another kind, and for a spec of another kind', async () => {
    const file = fileOf('data_batch_1.bin', batch([1, 2]))
    expect(await refusal([file, fileOf('table.csv', 'a,b\n1,2')])).toContain('a table is read alone')
    expect(await refusal([file], { kind: 'idx', resize: null, heldOut: 0, standardise: 'none' })).toContain(
      'The files hold images (CIFAR-10), but the experiment expects data of kind “idx”',
    )
  })
})
