import { describe, expect, test } from 'vitest'
import { writePng } from '../../e2e/tools/pngFiles'
import type { ImagesData } from '../experiment/dataSpec'
import { buildDataset } from './fileDataset'
import { readDatasetFiles } from './readDatasetFiles'
import { decodeForTest, fileOf, readForTest, refusal } from './readForTest'

type Colour = readonly [red: number, green: number, blue: number]

/** A PNG picture of one colour. */
function picture(path: string, [red, green, blue]: Colour, width = 8, height = width): File {
  const bytes = Uint8Array.from({ length: width * height * 3 }, (_, index) => [red, green, blue][index % 3]!)
  return fileOf(path, writePng({ width, height, channels: 3, bytes }))
}

/** As much of a JPEG file as says how large it is, and its end. */
function jpeg(width: number, height: number, { end = true, before = [] as readonly number[] } = {}) {
  const size = [height >> 8, height & 255, width >> 8, width & 255]
  const frame = [0xff, 0xc2, 0, 17, 8, ...size, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]
  const pixels = [0xff, 0xda, 0, 4, 0, 0, 7, 0xff, 0x00, 0xff, 0xd0, 9]
  return Uint8Array.from([0xff, 0xd8, ...before, ...frame, ...pixels, ...(end ? [0xff, 0xd9] : [])])
}

const RED: Colour = [255, 0, 0]
const GREEN: Colour = [0, 255, 0]
const PLAIN: ImagesData = { kind: 'images', resize: 8, grayscale: false, heldOut: 0, standardise: 'none' }

const twoFolders = () => [
  picture('pets/cat/1.png', RED),
  picture('pets/dog/1.png', GREEN),
  picture('pets/cat/2.png', RED),
  picture('pets/dog/2.png', GREEN),
]

describe('pictures in folders', () => {
  test('are of the class that their folder is called', async () => {
    const { content, summary } = await readForTest(twoFolders())
    expect(summary.summary).toMatchObject({ name: 'pets', task: { classes: 2, classNames: ['cat', 'dog'] }, notes: [] })
    const { shape, inputs, targets } = buildDataset(content, PLAIN, 1)
    expect(shape).toEqual({ height: 8, width: 8, channels: 3 })
    expect([...targets]).toEqual([0, 0, 1, 1])
    expect([...inputs.subarray(0, 3), ...inputs.subarray(384, 387)]).toEqual([1, 0, 0, 0, 1, 0])
  })

  test('keep a size that all have, and else get one that can be changed without a second reading', async () => {
    expect((await readForTest(twoFolders())).summary.data).toMatchObject({ resize: 8, grayscale: false, heldOut: 0.2 })
    const mixed = [picture('a/1.png', RED, 100, 40), picture('b/1.png', GREEN, 8)]
    const { content, summary } = await readForTest(mixed)
    expect(summary.data).toMatchObject({ resize: 32 })
    expect(summary.summary.notes).toEqual(['1 picture not square: stretched to be.'])
    expect(buildDataset(content, { ...PLAIN, resize: 64 }, 1).features).toBe(64 * 64 * 3)
    const grey = buildDataset(content, { ...PLAIN, grayscale: true }, 1)
    expect(grey.shape).toEqual({ height: 8, width: 8, channels: 1 })
    expect(grey.inputs[0]).toBeCloseTo(0.299, 6)
  })

  test('that are large are reduced by the mean over areas, at once and exactly', async () => {
    // Columns of 0 and 200 in turn: every area has the mean 100.
    const bytes = Uint8Array.from({ length: 128 * 128 }, (_, index) => (index % 2) * 200)
    const striped = fileOf('a/1.png', writePng({ width: 128, height: 128, channels: 1, bytes }))
    const { content } = await readForTest([striped, picture('b/1.png', RED)])
    const { inputs } = buildDataset(content, { ...PLAIN, resize: 16 }, 1)
    expect(inputs.subarray(0, 768).every((value) => Math.abs(value - 100 / 255) < 1e-6)).toBe(true)
  })

  test('that are all grey get one channel', async () => {
    const grey = [picture('a/1.png', [9, 9, 9]), picture('b/1.png', [200, 200, 200])]
    expect((await readForTest(grey)).summary.data).toMatchObject({ grayscale: true })
  })

  test('are on white where they are transparent', async () => {
    const bytes = Uint8Array.from({ length: 64 * 4 }, (_, index) => (index % 4 === 3 ? 51 : 0))
    const ghost = fileOf('a/1.png', writePng({ width: 8, height: 8, channels: 4, bytes }))
    const { content } = await readForTest([ghost, picture('b/1.png', RED)])
    expect(buildDataset(content, PLAIN, 1).inputs[0]).toBeCloseTo(0.8, 2)
  })

  test('for testing come last and are held out; classes are ordered as numbers where they are some', async () => {
    const files = ['test/10/a.png', 'train/2/a.png', 'train/10/a.png', 'test/2/a.png'].map((path, index) =>
      picture(`set/${path}`, [index, 0, 0]),
    )
    const { content, summary } = await readForTest(files)
    expect(summary.data.heldOut).toEqual({ last: 2 })
    expect(summary.summary.task).toMatchObject({ classNames: ['2', '10'] })
    expect([...buildDataset(content, PLAIN, 1).targets]).toEqual([0, 1, 0, 1])
  })

  test('are found by the places that the page gives where the files do not know them', async () => {
    const files = [picture('1.png', RED), picture('2.png', GREEN)]
    const paths = ['pets/cat/1.png', 'pets/dog/2.png']
    const { signal } = new AbortController()
    const options = { seed: 1, signal, onProgress: () => {}, decode: decodeForTest, paths }
    const { summary } = await readDatasetFiles(files, undefined, options)
    expect(summary.summary).toMatchObject({ name: 'pets', task: { classNames: ['cat', 'dog'] } })
  })
})

describe('pictures that cannot be used', () => {
  const ofBoth = [picture('cat/1.png', RED), picture('dog/1.png', GREEN)]
  const whole = writePng({ width: 8, height: 8, channels: 1, bytes: new Uint8Array(64) })
  const corrupt = whole.slice()
  corrupt[45] = corrupt[45]! ^ 0xff

  test.each<[string, string, Uint8Array<ArrayBuffer>, RegExp]>([
    ['empty', 'x.png', new Uint8Array(0), /is empty \(0 bytes\)/],
    ['cut short', 'x.png', whole.slice(0, whole.length - 9), /is cut short: its end \(IEND\) is missing/],
    ['cut off in the header', 'x.png', whole.slice(0, 20), /has no size: its header is damaged or cut short/],
    ['corrupt inside', 'x.png', corrupt, /could not be decoded \(.+\); it is damaged/],
    ['a text by its bytes', 'x.png', new TextEncoder().encode('hello, world'), /begins with the bytes 68 65 6c 6c/],
    [
      'a GIF by its bytes',
      'x.png',
      new TextEncoder().encode('GIF89a......'),
      /is a GIF picture; PNG and JPEG are read/,
    ],
    [
      'animated',
      'x.png',
      writePng({ width: 1, height: 1, channels: 1, bytes: Uint8Array.of(0) }, { acTL: new Uint8Array(8) }),
      /is animated/,
    ],
    ['a JPEG cut short', 'x.jpg', jpeg(8, 8, { end: false }), /is cut short: its end \(FF D9\) is missing/],
    ['no JPEG after its first bytes', 'x.jpg', Uint8Array.of(0xff, 0xd8, 0xff, 0xd9), /has no size/],
    [
      'larger than 16 megapixels',
      'x.jpg',
      jpeg(5000, 4000),
      /has 5,000 × 4,000 pixels; 1 to 16,777,216 \(16 megapixels\)/,
    ],
    ['of no pixels', 'x.jpg', jpeg(0, 8), /has 0 × 8 pixels/],
    ['not a picture at all', 'notes.txt', new TextEncoder().encode('about my cats'), /as no picture does/],
  ])('are left out and named with the reason: %s', async (_, name, bytes, reason) => {
    const { summary } = await readForTest([...ofBoth, fileOf(`cat/${name}`, bytes)])
    expect(summary.summary.trainingCount + summary.summary.heldOutCount).toBe(2)
    const [note] = summary.summary.notes
    expect(note).toMatch(reason)
    expect(note).toMatch(
      /^1 of 3 files left out: cat\/x|notes.+\. Mend and choose them again, or go on without them\.$/,
    )
  })

  test('are never decoded where they are too large', async () => {
    const decoded: number[] = []
    const { signal } = new AbortController()
    await readDatasetFiles([...ofBoth, fileOf('cat/huge.jpg', jpeg(30_000, 30_000))], undefined, {
      seed: 1,
      signal,
      onProgress: () => {},
      decode(blob) {
        decoded.push(blob.size)
        return decodeForTest(blob)
      },
    })
    expect(decoded).toEqual(ofBoth.map((file) => file.size))
  })

  test('are named up to five, the others counted', async () => {
    const broken = Array.from({ length: 7 }, (_, index) => fileOf(`cat/${index}.png`, 'x'))
    const [note] = (await readForTest([...ofBoth, ...broken])).summary.summary.notes
    expect(note).toMatch(/^7 of 9 files left out: cat\/0\.png begins .+ cat\/4\.png .+; and 2 more\./)
    expect(note).not.toContain('cat/5.png')
  })

  test('leave nothing to learn from where they are all of them, which is said with the reasons', async () => {
    const message = await refusal([fileOf('cat/1.png', 'x'), fileOf('dog/2.png', '')])
    expect(message).toContain('found no picture that can be used, expected at least two classes')
    expect(message).toMatch(/2 of 2 files left out: cat\/1\.png begins with .+; dog\/2\.png is empty/)
  })

  test('do not stop what systems leave in folders from being passed over', async () => {
    const files = ['pets/.DS_Store', 'pets/cat/Thumbs.db', '__MACOSX/pets/cat/._1.png'].map((path) => fileOf(path, 'x'))
    expect((await readForTest([...twoFolders(), ...files])).summary.summary.notes).toEqual([])
  })
})

describe('JPEG pictures', () => {
  test('are read whatever their name and however long the segments before their size', async () => {
    const segment = (marker: number, length: number) => [
      0xff,
      marker,
      length >> 8,
      length & 255,
      ...Array.from({ length: length - 2 }, () => 0xff),
    ]
    const before = [...segment(0xe1, 65_535), ...segment(0xe2, 60_000), ...segment(0xc4, 4)]
    const files = [fileOf('a/photo.png', jpeg(9, 7, { before })), picture('b/1.png', GREEN)]
    const { content } = await readForTest(files)
    expect([...buildDataset(content, PLAIN, 1).inputs.subarray(0, 3)]).toEqual([1, 0, 0])
  })
})

describe('too few classes', () => {
  test.each<[string, readonly File[], RegExp]>([
    ['one picture', [picture('cat/1.png', RED)], /found 1 picture of one class only, “cat”/],
    ['one folder', [picture('cat/1.png', RED), picture('cat/2.png', RED)], /found 2 pictures of one class only, “cat”/],
    ['no folder', [picture('1.png', RED), picture('2.png', RED)], /1\.png lies in no folder that names its class/],
  ])('are refused with what to do: %s', async (_, files, found) => {
    const message = await refusal(files)
    expect(message).toMatch(found)
    expect(message).toContain('Choose a folder with a folder of pictures for each class, or pictures and a table')
  })
})

describe('pictures with a table of labels', () => {
  const files = () => [picture('1.png', RED), picture('2.png', GREEN), picture('3.png', RED)]
  const read = (table: string, pictures = files()) => readForTest([...pictures, fileOf('labels.csv', table)], PLAIN)

  test('are of the class that stands in the row with their name', async () => {
    const { content, summary } = await read('label;file\nrose;1.png\ntulip;2.png\nrose;3.png\n')
    expect(summary.summary).toMatchObject({ name: 'pictures', task: { classNames: ['rose', 'tulip'] }, notes: [] })
    expect([...buildDataset(content, PLAIN, 1).targets]).toEqual([0, 1, 0])
  })

  test.each([
    ['the end of the path', 'file,label\n1.png,x\nb/2.png,y\n'],
    ['the path with other strokes', 'image,class\nset\\a\\1.png,x\n./set/b/2.png,y\n'],
    ['the name without its ending', 'id,label\n1,x\n2,y\n'],
    ['no header', '1.png,x\n2.png,y\n'],
  ])('are found by %s', async (_, table) => {
    const { summary } = await read(table, [picture('set/a/1.png', RED), picture('set/b/2.png', GREEN)])
    expect(summary.summary).toMatchObject({ name: 'set', task: { classNames: ['x', 'y'] } })
  })

  test('are left out where the table does not name them, and rows without a picture are told', async () => {
    const { summary } = await read('file,label\n1.png,x\n2.png,y\n3.png,\n4.png,y\n5.png,y\n')
    expect(summary.summary.trainingCount + summary.summary.heldOutCount).toBe(2)
    expect(summary.summary.notes).toEqual([
      'labels.csv names 2 pictures that are not among the files: 4.png, 5.png.',
      '1 of 3 files left out: 3.png has no label in labels.csv. Mend and choose them again, or go on without them.',
    ])
  })

  test('may be named twice with the same label, and not with another', async () => {
    const { summary } = await read('file,label\n1.png,x\n2.png,y\n1.png,x\n3.png,y\n')
    expect(summary.summary.notes).toEqual(['labels.csv names 1 picture again with the same label.'])
    const contradicting = fileOf('labels.csv', 'file,label\n1.png,x\n2.png,y\n1.png,y\n')
    expect(await refusal([...files(), contradicting])).toBe(
      'labels.csv, row 4: 1.png is labelled “y”, and “x” further up. Remove one of the rows.',
    )
  })

  test('are refused where a name fits several, columns are missing or there are two tables', async () => {
    const same = [picture('a/1.png', RED), picture('b/1.png', GREEN)]
    expect(await refusal([...same, fileOf('labels.csv', 'file,label\n1.png,x\n')])).toMatch(
      /row 2: “1\.png” fits several pictures\. Write the folder/,
    )
    expect(await refusal([...files(), fileOf('labels.csv', 'file,size,width\n1.png,3,4\n')])).toContain(
      'found the columns “file”, “size”, “width”, expected “file” and “label”',
    )
    const tables = [fileOf('a.csv', 'file,label\n'), fileOf('b.csv', 'file,label\n')]
    expect(await refusal([...files(), ...tables])).toContain('a.csv, b.csv: it is not clear which of these tables')
  })
})

test('the same pictures give the same data set in whatever order a browser lists them', async () => {
  const [one, other] = await Promise.all([readForTest(twoFolders()), readForTest(twoFolders().toReversed())])
  expect(buildDataset(other.content, PLAIN, 1)).toEqual(buildDataset(one.content, PLAIN, 1))
})

describe('reading many pictures', () => {
  test('tells which of how many is read and can be stopped between any two', async () => {
    const controller = new AbortController()
    const told: string[] = []
    const reading = readDatasetFiles(twoFolders(), undefined, {
      seed: 1,
      signal: controller.signal,
      decode: decodeForTest,
      onProgress(fraction, doing) {
        told.push(`${fraction} ${doing}`)
        if (told.length === 2) controller.abort()
      },
    })
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
    expect(told).toEqual([
      expect.stringMatching(/^0\.2\d* reading pets\/cat\/1\.png, 1 of 4$/),
      expect.stringMatching(/^0\.5\d* reading pets\/cat\/2\.png, 2 of 4$/),
    ])
  })
})
