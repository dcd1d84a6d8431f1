import { gzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { DataError } from './dataError'
import { buildDataset } from './fileDataset'
import { summariseDataset } from './summary'
import { readDatasetFiles } from './readDatasetFiles'
import { fileOf, readForTest, refusal, smallPair } from './readForTest'

async function bytesOf(file: File): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.arrayBuffer())
}

async function compressed(file: File): Promise<Uint8Array<ArrayBuffer>> {
  return Uint8Array.from(gzipSync(await bytesOf(file)))
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}

describe('gzip', () => {
  const spec = { kind: 'idx', resize: null, heldOut: 0, standardise: 'none' } as const
  const [images, labels] = smallPair(50_000)

  test('is told by its bytes, whatever the name, and gives what the plain files give', async () => {
    const plain = buildDataset((await readForTest([images, labels])).content, spec, 1)
    const zipped = [
      fileOf(images.name, await compressed(images)),
      fileOf(`${labels.name}.gz`, await compressed(labels)),
    ]
    const inflated = buildDataset((await readForTest(zipped)).content, spec, 1)
    expect(inflated.inputs.every((value, index) => value === plain.inputs[index])).toBe(true)
    expect(inflated.targets.every((value, index) => value === plain.targets[index])).toBe(true)
    expect(inflated.inputs).toHaveLength(300_000)
  })

  test('may consist of several members', async () => {
    const bytes = await bytesOf(images)
    const members = joined(
      gzipSync(bytes.subarray(0, 7)),
      gzipSync(bytes.subarray(7, 99_999)),
      gzipSync(bytes.subarray(99_999)),
    )
    const { content } = await readForTest([fileOf('images.gz', members), labels])
    expect(buildDataset(content, spec, 1).inputs.at(-1)).toBe(Math.fround(((300_000 - 1) % 256) * (1 / 255)))
  })

  test('opens tables too', async () => {
    const zipped = fileOf('table.csv.gz', await compressed(fileOf('table.csv', 'a,y\n1,x\n2,z\n3,x\n4,z')))
    expect((await readForTest([zipped])).summary.summary.task).toMatchObject({ classNames: ['x', 'z'] })
  })

  test('opens tables so well compressed that all their rows come at once', async () => {
    const table = fileOf('table.csv', `${'0,0,0,1\n'.repeat(499_999)}1,1,1,0\n`)
    const { summary } = await readForTest([fileOf('table.csv.gz', await compressed(table))])
    expect(summary.summary).toMatchObject({ trainingCount: 400_000, heldOutCount: 100_000 })
  })

  test('is refused where it is damaged in the middle', async () => {
    const bytes = await compressed(images)
    for (const place of [30, Math.floor(bytes.length / 2)]) {
      const damaged = bytes.slice()
      damaged.fill(0xff, place, place + 20)
      expect(await refusal([fileOf('images.gz', damaged), labels])).toMatch(/^images\.gz is damaged/)
    }
  })

  test('is refused where one bit is wrong that inflates all the same', async () => {
    const stored = Uint8Array.from(gzipSync(await bytesOf(images), { level: 0 }))
    const place = Math.floor(stored.length / 2)
    stored[place] = stored[place]! ^ 1
    const message = await refusal([fileOf('images.gz', stored), labels])
    expect(message).toMatch(/inflates to 300,016 bytes whose checksum is not the one at byte [\d,]+\. Download/)
  })

  test('is refused where an earlier member is damaged', async () => {
    const bytes = await bytesOf(images)
    const first = Uint8Array.from(gzipSync(bytes.subarray(0, 5000), { level: 0 }))
    first[2000] = first[2000]! ^ 1
    const members = joined(first, gzipSync(bytes.subarray(5000)))
    expect(await refusal([fileOf('images.gz', members), labels])).toContain('whose checksum is not')
  })

  test('is refused where it is cut short, in the data or in the last bytes', async () => {
    const bytes = await compressed(images)
    for (const length of [11, 400, bytes.length - 9, bytes.length - 3]) {
      const message = await refusal([fileOf('images.gz', bytes.slice(0, length)), labels])
      expect(message).toMatch(/^images\.gz.*(cut short|holds nothing)/)
    }
  })

  test('is refused wherever it is cut', async () => {
    const [fewImages, fewLabels] = smallPair(20)
    const bytes = await compressed(fewImages)
    for (let length = 1; length < bytes.length; length++) {
      await refusal([fileOf('images.gz', bytes.slice(0, length)), fewLabels])
    }
  })

  test('with any one bit turned is refused or, where the bit means nothing, gives the same data', async () => {
    const [fewImages, fewLabels] = smallPair(20)
    const bytes = await compressed(fewImages)
    const inputsOf = async (zipped: Uint8Array<ArrayBuffer>) => {
      const { content } = await readForTest([fileOf('images.gz', zipped), fewLabels])
      return buildDataset(content, spec, 1).inputs.join()
    }
    const sound = await inputsOf(bytes)
    let refused = 0
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      const turned = bytes.slice()
      turned[bit >> 3] = turned[bit >> 3]! ^ (1 << (bit & 7))
      const outcome = await inputsOf(turned).catch((error: unknown) => error)
      if (outcome === sound) continue
      expect(outcome).toBeInstanceOf(DataError)
      refused++
    }
    expect(refused).toBeGreaterThan(8 * bytes.length - 8 * 12)
  })

  test('is refused where the header inside promises more than deflate could have packed', async () => {
    const bytes = await bytesOf(images)
    bytes.set([0xff, 0xff, 0xff, 0xff], 4)
    const message = await refusal([fileOf('images.gz', Uint8Array.from(gzipSync(bytes))), labels])
    expect(message).toMatch(/4,294,967,295 × 2 × 3 values.*more than [\d,]+ compressed bytes can hold/)
  })

  test('is refused where the header inside promises somewhat more, or less, than there is', async () => {
    const bytes = await bytesOf(images)
    const [, otherLabels] = smallPair(50_001)
    new DataView(bytes.buffer).setUint32(4, 50_001)
    const more = fileOf('images.gz', Uint8Array.from(gzipSync(bytes)))
    expect(await refusal([more, otherLabels])).toContain('which is 300,006 bytes, but only 300,000 follow it')
    const [, fewerLabels] = smallPair(49_999)
    new DataView(bytes.buffer).setUint32(4, 49_999)
    const fewer = fileOf('images.gz', Uint8Array.from(gzipSync(bytes)))
    expect(await refusal([fewer, fewerLabels])).toContain('which is 299,994 bytes, but more follow it')
  })
})

describe('reading files', () => {
  test('tells how far it is, never falling, up to 1', async () => {
    const fractions: number[] = []
    const doing = new Set<string>()
    await readDatasetFiles(smallPair(100_000), undefined, {
      seed: 1,
      signal: new AbortController().signal,
      onProgress(fraction, what) {
        fractions.push(fraction)
        doing.add(what)
      },
    })
    expect(fractions.length).toBeGreaterThan(3)
    expect(fractions.every((fraction, index) => fraction >= (fractions[index - 1] ?? 0))).toBe(true)
    expect(fractions.at(-1)).toBe(1)
    expect([...doing]).toEqual([
      'reading train-images-idx3-ubyte, 1 of 2',
      'reading train-labels-idx1-ubyte, 2 of 2',
      'ready',
    ])
  })

  test('stops at once when cancelled, with the reason', async () => {
    const controller = new AbortController()
    let reads = 0
    const reading = readDatasetFiles(smallPair(1_000_000), undefined, {
      seed: 1,
      signal: controller.signal,
      onProgress() {
        reads++
        controller.abort()
      },
    })
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
    expect(reads).toBe(1)
  })

  test('holds out the same samples that the data set then holds out', async () => {
    const spec = { kind: 'idx', resize: null, heldOut: 0.5, standardise: 'none' } as const
    const { content, summary } = await readForTest(smallPair(100), spec)
    const { preview } = summariseDataset(buildDataset(content, spec, 1))
    expect(preview.count).toBe(24)
    expect(summary.summary.preview).toEqual(preview)
  })

  test.each([
    ['a zip archive', [0x50, 0x4b, 3, 4, 0]],
    ['a NumPy array', [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]],
  ])('refuses %s by name', async (description, bytes) => {
    const message = await refusal([fileOf('thing.bin', Uint8Array.from(bytes))])
    expect(message).toContain(`thing.bin is ${description}`)
    expect(message).toContain('Expected IDX files')
  })

  test('refuses unknown bytes, showing them', async () => {
    const message = await refusal([fileOf('thing.bin', Uint8Array.of(7, 0, 1, 2, 3))])
    expect(message).toContain('thing.bin begins with the bytes 07 00 01 02, which is no format read here')
  })

  test('refuses a table beside other files, and no file at all', async () => {
    const table = fileOf('table.csv', 'a,b\n1,2')
    expect(await refusal([...smallPair(3), table])).toContain('a table is read alone, and table.csv is one')
    expect(await refusal([table, table])).toContain('a table is read alone')
    expect(await refusal([])).toContain('There is no file to read')
  })

  test('says so where a file cannot be read', async () => {
    const gone = fileOf('gone.csv', 'a,b\n1,2')
    gone.slice = () => {
      throw new DOMException('The requested file could not be read.', 'NotReadableError')
    }
    expect(await refusal([gone])).toMatch(
      /^gone\.csv could not be read at byte 0 \(The requested file.*Choose it again/,
    )
  })
})
