import { describe, expect, test } from 'vitest'
import { flatShape } from '../experiment/tensorShape'
import { writeIdx } from '../../e2e/tools/idxFiles'
import type { IdxData } from '../experiment/dataSpec'
import { buildDataset } from './fileDataset'
import { fileOf, readForTest, refusal, smallPair } from './readForTest'

const IN_ORDER: IdxData = { kind: 'idx', resize: null, heldOut: { last: 2 }, standardise: 'none' }
const NOTHING_HELD_OUT: IdxData = { ...IN_ORDER, heldOut: 0 }

describe('IDX files', () => {
  test('give images with intensities in [0, 1], labels as classes, and the last samples held out', async () => {
    const { content, summary } = await readForTest(smallPair(9), IN_ORDER)
    expect(summary.data).toEqual(IN_ORDER)
    expect(summary.summary).toMatchObject({
      name: 'train-images-idx3-ubyte',
      trainingCount: 7,
      heldOutCount: 2,
      notes: [],
    })
    const dataset = buildDataset(content, IN_ORDER, 1)
    expect(dataset.shape).toEqual({ height: 2, width: 3, channels: 1 })
    expect(dataset.inputs).toEqual(Float32Array.from({ length: 54 }, (_, index) => index * (1 / 255)))
    expect([...dataset.targets]).toEqual([0, 1, 2, 0, 1, 2, 0, 1, 2])
    expect(dataset.task).toEqual({ kind: 'classification', classes: 3, classNames: ['0', '1', '2'] })
  })

  test('of four dimensions have channels', async () => {
    const files = [
      fileOf(
        'images',
        writeIdx(
          [2, 2, 2, 3],
          Uint8Array.from({ length: 24 }, (_, index) => index),
        ),
      ),
      fileOf('labels', writeIdx([2], [0, 1])),
    ]
    const { shape, inputs } = buildDataset((await readForTest(files)).content, NOTHING_HELD_OUT, 1)
    expect(shape).toEqual({ height: 2, width: 2, channels: 3 })
    expect(inputs[23]).toBeCloseTo(23 / 255, 6)
  })

  test('are resized as the spec says, from what was read once', async () => {
    const { content } = await readForTest(smallPair(9))
    const { shape, features, inputs } = buildDataset(content, { ...NOTHING_HELD_OUT, resize: 8 }, 1)
    expect([shape, features]).toEqual([{ height: 8, width: 8, channels: 1 }, 64])
    // Corners stay, and the last sample's are 48 and 53.
    expect(
      [...inputs.subarray(512)].filter((_, i) => i === 0 || i === 63).map((value) => Math.round(value * 255)),
    ).toEqual([48, 53])
  })

  test('of vectors cannot be resized', async () => {
    const files = [fileOf('v', writeIdx([3, 2], [1, 2, 3, 4, 5, 6])), fileOf('l', writeIdx([3], [0, 1, 0]))]
    expect(await refusal(files, { ...NOTHING_HELD_OUT, resize: 8 })).toMatch(
      /^v holds no images but 2 values per sample/,
    )
  })

  test('are read in either order', async () => {
    const [images, labels] = smallPair(9)
    const [one, other] = await Promise.all([readForTest([images, labels]), readForTest([labels, images])])
    expect(other.summary).toEqual(one.summary)
    expect(other.summary.data).toEqual({ kind: 'idx', resize: null, heldOut: 0.2, standardise: 'dataset' })
  })

  test('of several pairs become one set, training first; testing files are proposed to be held out', async () => {
    const [testImages, testLabels] = smallPair(4, 't10k')
    const [images, labels] = smallPair(9)
    const { content, summary } = await readForTest([testLabels, images, testImages, labels])
    expect(summary.data.heldOut).toEqual({ last: 4 })
    expect(summary.summary).toMatchObject({ trainingCount: 9, heldOutCount: 4 })
    expect(summary.summary.name).toBe('train-images-idx3-ubyte + t10k-images-idx3-ubyte')
    expect(summary.summary.notes.join(' ')).toContain('4 for testing come last')
    const { inputs } = buildDataset(content, IN_ORDER, 1)
    // The tenth sample is the first testing one, which starts at 0 again.
    expect([...inputs.subarray(52, 56)].map((value) => Math.round(value * 255))).toEqual([52, 53, 0, 1])
  })

  test('are paired by their counts where names say nothing', async () => {
    const [first, firstLabels] = smallPair(9)
    const [second, secondLabels] = smallPair(4)
    const renamed = [second, firstLabels, first, secondLabels].map((file, index) => new File([file], `part${index}`))
    const { summary } = await readForTest(renamed)
    expect(summary.summary.trainingCount + summary.summary.heldOutCount).toBe(13)
  })

  test.each(['int8', 'int16', 'int32', 'float32', 'float64'] as const)(
    'may hold %s values, as they are',
    async (type) => {
      const values = [-1, 2, 3, 100, -100, 6]
      const samples = fileOf('samples.idx', writeIdx([3, 2], values, type))
      const labels = fileOf('labels.idx', writeIdx([3], [0, 1, 1], 'int32'))
      const { content } = await readForTest([samples, labels], NOTHING_HELD_OUT)
      const { inputs, shape } = buildDataset(content, NOTHING_HELD_OUT, 1)
      expect([...inputs]).toEqual(values)
      expect(shape).toEqual(flatShape(2))
    },
  )

  test('number classes from 0 to the largest label and say which of them are empty', async () => {
    const [images] = smallPair(3)
    const { summary } = await readForTest([images, fileOf('labels', writeIdx([3], [1, 3, 3]))], NOTHING_HELD_OUT)
    expect(summary.summary.task).toMatchObject({ classes: 4 })
    expect(summary.summary.notes).toEqual(['No sample has the label 0, 2.'])
  })

  test('longer than a slice come whole', async () => {
    const count = 3000
    const pixels = Uint8Array.from({ length: count * 196 }, (_, index) => (index * 7919) >>> 5)
    const images = fileOf('images', writeIdx([count, 14, 14], pixels))
    const labels = fileOf(
      'labels',
      writeIdx(
        [count],
        Uint8Array.from({ length: count }, (_, index) => index % 10),
      ),
    )
    const { content } = await readForTest([images, labels])
    const { inputs } = buildDataset(content, IN_ORDER, 1)
    expect(inputs.every((value, index) => Math.round(value * 255) === pixels[index])).toBe(true)
  })
})

describe('IDX files are refused', () => {
  const [images, labels] = smallPair(9)
  const header = (...dimensions: number[]) => writeIdx(dimensions, [])

  test('where a header counts more than the bytes, before anything is allocated', async () => {
    for (const count of [10, 4_000_000_000]) {
      const lying = new File([header(count, 2, 3), new Uint8Array(54)], 'train-images-idx3-ubyte')
      const message = await refusal([lying, labels])
      expect(message).toContain(
        `train-images-idx3-ubyte: the header says ${count.toLocaleString('en-US')} × 2 × 3 values`,
      )
      expect(message).toContain(`is ${(6 * count).toLocaleString('en-US')} bytes, but 54 follow it`)
      expect(message).toContain('cut short, or its header is wrong')
    }
  })

  test('where sizes multiply beyond all integers', async () => {
    const lying = new File(
      [header(2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1), new Uint8Array(9)],
      'huge-images',
    )
    expect(await refusal([lying, labels])).toContain('but 9 follow it')
  })

  test('where bytes are left over', async () => {
    const long = new File([images, new Uint8Array(5)], images.name)
    expect(await refusal([long, labels])).toMatch(/which is 54 bytes, but 59 follow it.*too long for its header/)
  })

  test('where they end inside the header', async () => {
    const short = new File([images.slice(0, 13)], images.name)
    expect(await refusal([short, labels])).toContain('ends inside its header of 16 bytes')
  })

  test('where nothing is in them', async () => {
    expect(await refusal([new File([header(0, 28, 28)], images.name), labels])).toContain('there is nothing in it')
    expect(await refusal([fileOf('nothing', ''), labels])).toBe(
      'nothing is empty (0 bytes). Choose the file that holds the data.',
    )
  })

  test('where the magic is wrong', async () => {
    const wrong = new File([Uint8Array.of(0, 1, 8, 3), images.slice(4)], images.name)
    const message = await refusal([wrong, labels])
    expect(message).toContain('begins with the bytes 00 01 08 03, expected 00 00')
    const dimensionless = new File([Uint8Array.of(0, 0, 8, 9), images.slice(4)], images.name)
    expect(await refusal([dimensionless, labels])).toContain('byte 3 says 9 dimensions, expected 1 for labels')
  })

  test('where images come without labels, naming the file that is missed', async () => {
    const message = await refusal([images])
    expect(message).toContain('holds 9 images but no labels')
    expect(message).toContain('Choose train-labels-idx1-ubyte together with it')
  })

  test('where labels come without images', async () => {
    const message = await refusal([labels])
    expect(message).toContain('holds 9 labels but there are no images for them')
    expect(message).toContain('Choose train-images-idx3-ubyte together with it')
    const [, moreLabels] = smallPair(4, 't10k')
    expect(await refusal([images, labels, moreLabels])).toContain(
      't10k-labels-idx1-ubyte holds 4 labels but there are no',
    )
  })

  test('where counts differ, with both', async () => {
    const [, fewer] = smallPair(8)
    expect(await refusal([images, fewer])).toContain('holds 9 images but train-labels-idx1-ubyte holds 8 labels')
  })

  test('where pairs differ in shape', async () => {
    const [, otherLabels] = smallPair(4, 't10k')
    const other = fileOf('t10k-images-idx3-ubyte', writeIdx([4, 3, 3], new Uint8Array(36)))
    expect(await refusal([images, labels, other, otherLabels])).toContain(
      'holds samples of 2 × 3, t10k-images-idx3-ubyte of 3 × 3',
    )
  })

  test('where it is not clear which labels belong to which images', async () => {
    const files = [images, labels, images, labels].map((file, index) => new File([file], `part${index}`))
    expect(await refusal(files)).toContain('it is not clear which of part1, part3 they are')
  })

  test('where a label is no class number', async () => {
    const asLabels = (values: number[]) => fileOf('train-labels', writeIdx([9], values, 'int32'))
    expect(await refusal([images, asLabels([0, 1, 2, -1, 0, 1, 2, 0, 1])])).toBe(
      'train-labels: label 3 (counted from 0) is -1, expected a class number from 0 to 999. Is this the file of labels?',
    )
    expect(await refusal([images, asLabels([0, 70_000, 2, 0, 0, 1, 2, 0, 1])])).toContain(
      'label 1 (counted from 0) is 70000',
    )
  })

  test('where a value is not finite, naming the item', async () => {
    const samples = fileOf('samples', writeIdx([3, 2], [1, 2, 3, Number.NaN, 5, 6], 'float32'))
    const message = await refusal([samples, fileOf('labels', writeIdx([3], [0, 1, 1]))])
    expect(message).toContain('samples: item 1 (counted from 0) holds NaN, expected finite numbers')
  })

  test('where there is only one class', async () => {
    const message = await refusal([images, fileOf('train-labels', writeIdx([9], new Uint8Array(9).fill(4)))])
    expect(message).toContain('all 9 labels are 4, expected at least two classes')
  })

  test('where holding out the last leaves one class to train on', async () => {
    const sorted = fileOf('train-labels', writeIdx([9], [0, 0, 0, 0, 0, 1, 1, 1, 1]))
    const message = await refusal([images, sorted], { ...IN_ORDER, heldOut: { last: 4 } })
    expect(message).toContain('the 5 training samples are all of class “0”')
  })

  test('where the spec asks for a table', async () => {
    const spec = { kind: 'csv', target: null, task: null, heldOut: 0.2, standardise: 'none' } as const
    expect(await refusal([images, labels], spec)).toContain(
      'hold images (IDX), but the experiment expects data of kind “csv”',
    )
  })
})
