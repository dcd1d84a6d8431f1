import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Page } from 'playwright/test'
import { RandomStream } from '../../app/experiment/random'
import type { ExperimentDocument } from '../../app/experiment/spec'
import { writeCifarBatch } from '../tools/cifarFiles'
import { writePng } from '../tools/pngFiles'
import { dropFiles } from './support/files'
import { expect, test } from './support/journey'
import { shootEveryLook } from './support/looks'
import { patience, type Saturascope } from './support/saturascope'

const small: ExperimentDocument = {
  data: { kind: 'digits', size: 8, samples: 200, classes: 2 },
  layers: [{ units: 8 }, {}],
  training: { batchSize: 16, steps: 100_000 },
  monitor: { samples: 64 },
}

test('a folder of pictures is dropped, what is broken in it is named, and the rest is trained on', async ({
  site,
  page,
}, info) => {
  const folder = info.outputPath('finds')
  await site.open(small)
  writePictures(folder)
  writeFileSync(join(folder, 'leaf', 'photo.jpg'), await makeJpeg(page))
  writeFileSync(join(folder, 'leaf', 'broken.png'), 'no picture at all')
  writeFileSync(join(folder, '.DS_Store'), 'what systems leave behind')

  await site.reach(3)
  await dropFiles(page, [folder])
  await expect(site.button('Train on this')).toBeVisible(patience)
  await expect(page.getByText('49 + 12 held out · 32×32×3 · 2 classes')).toBeVisible()
  await expect(page.getByText('Classes: leaf, stone')).toBeVisible()
  await expect(
    page.getByText(/^1 of 62 files left out: finds\/leaf\/broken\.png begins with the bytes 6e 6f/),
  ).toBeVisible()
  await shootEveryLook(page, info, 'pictures read')
  await site.button('Train on this').click()
  await learnsPictures(site)
  // Red leaves and grey stones: nothing is easier.
  await expect(site.curves.getByText(/held-out accuracy 100\.0\s%/)).toBeAttached(patience)

  await site.unfold('Samples, noise, held-out share')
  await site.setNumber('Resize to, pixels', 12)
  await expect(page.getByText('49 + 12 held out · 12×12×3 · 2 classes')).toBeVisible(patience)
  await page.getByRole('combobox', { name: 'Colour', exact: true }).selectOption('Grey')
  await expect(page.getByText('49 + 12 held out · 12×12 · 2 classes')).toBeVisible(patience)
  await site.reach(5)
  await shootEveryLook(page, info, 'pictures resized')
})

test('a folder of pictures is chosen, with a table of their labels', async ({ site, page }, info) => {
  const folder = info.outputPath('album')
  writePictures(folder)
  writeFileSync(
    join(folder, 'labels.csv'),
    'file,label\nleaf/0.png,red\nleaf/1.png,red\nstone/0.png,grey\nstone/1.png,grey\n',
  )
  await site.open(small)
  await page.getByLabel('Folder of pictures to read').setInputFiles(folder)
  await expect(page.getByText('Classes: grey, red')).toBeVisible(patience)
  await expect(page.getByText('3 + 1 held out · 20×20×3 · 2 classes')).toBeVisible()
  await expect(
    page.getByText(/^56 of 60 files left out: album\/leaf\/2\.png has no label in labels\.csv/),
  ).toBeVisible()
})

test('a batch of CIFAR-10 is dropped and trained on', async ({ site, page }, info) => {
  const path = info.outputPath('data_batch_1.bin')
  const images = Array.from({ length: 120 }, (_, index) => ({
    label: index % 10,
    colourAt: (pixel: number) => [25 * (index % 10), pixel % 256, 255 - 25 * (index % 10)] as const,
  }))
  writeFileSync(path, writeCifarBatch(images))
  await site.open(small)
  await dropFiles(page, [path])
  await expect(page.getByText('96 + 24 held out · 32×32×3 · 10 classes')).toBeVisible(patience)
  await expect(page.getByText(/^Classes: airplane, automobile, bird/)).toBeVisible()
  await site.button('Train on this').click()
  await learnsPictures(site)
})

test('shapes and textures are chosen, and their knobs change what is learned', async ({ site, page }, info) => {
  await site.open(small)
  await site.measuredRows()
  const source = page.getByRole('combobox', { name: 'Data source' })
  await source.selectOption('Shapes')
  await expect(page.getByText(/16×16×3 · 8 classes$/)).toBeVisible(patience)
  await expect(page.getByText('Classes: disc, triangle, cross, ring, bar, star, half disc, square')).toBeVisible()
  await site.unfold('Samples, noise, held-out share')
  await site.setNumber('Samples', 300)
  await site.setNumber('Clutter', 1)
  await site.setNumber('Rotation, degrees', 180)
  await expect(page.getByText('240 + 60 held out · 16×16×3 · 8 classes')).toBeVisible(patience)
  await site.reach(5)
  await shootEveryLook(page, info, 'shapes')

  await source.selectOption('Textures')
  await site.unfold('Samples, noise, held-out share')
  await expect(page.getByText(/16×16 · 4 classes$/)).toBeVisible(patience)
  await site.setNumber('Samples', 300)
  await site.setNumber('Scale, pixels', 7)
  await expect(page.getByText('240 + 60 held out · 16×16 · 4 classes')).toBeVisible(patience)
  await site.reach(5)
  await shootEveryLook(page, info, 'textures')

  // Chance crops and flips of what is trained on, mended where smaller images leave no room for them.
  await site.unfold('Random crops and flips')
  await site.pause()
  await site.setNumber('Random crop, pixels', 9)
  await expect(site.button('Pause')).toBeVisible(patience)
  await page.getByRole('combobox', { name: 'Random flip', exact: true }).selectOption('Left–right')
  await site.reach(5)
  await site.unfold('Samples, noise, held-out share')
  await site.setNumber('Scale, pixels', 3)
  await site.setNumber('Image size, pixels', 8)
  await expect(page.getByText(/^Random crop is 9 pixels, which may push images of 8×8 out of view\. /)).toBeVisible()
  await site.button('Set it to 7').click()
  await expect(page.getByText('240 + 60 held out · 8×8 · 4 classes')).toBeVisible(patience)
  await site.reach(5)
  await source.selectOption('Moons')
  await expect(page.getByText('Random crops and flips')).toHaveCount(0)
  await expect(page.getByText(/· 2 inputs · 2 classes$/)).toBeVisible(patience)
})

/** The new run has begun and learns. */
async function learnsPictures(site: Saturascope): Promise<void> {
  await expect(site.button('Train on this')).toHaveCount(0, patience)
  await site.reach(5)
  await site.measuredRows()
}

/** Thirty red leaves and thirty grey stones of 20×20 pixels, each of its own lightness. */
function writePictures(folder: string): void {
  const random = new RandomStream(1, 'pictures')
  for (let index = 0; index < 30; index++) {
    const light = random.uniform(100, 255)
    const red = (channel: number) => (channel === 0 ? light : 30)
    writePicture(join(folder, 'leaf', `${index}.png`), (channel) => red(channel) + random.uniform(0, 20))
    writePicture(join(folder, 'stone', `${index}.png`), () => light * 0.7 + random.uniform(0, 20))
  }
}

function writePicture(path: string, valueAt: (channel: number) => number): void {
  mkdirSync(dirname(path), { recursive: true })
  const bytes = Uint8Array.from({ length: 20 * 20 * 3 }, (_, index) => Math.min(255, valueAt(index % 3)))
  writeFileSync(path, writePng({ width: 20, height: 20, channels: 3, bytes }))
}

/** A real JPEG file, 300×200 pixels, by the browser's own encoder. */
async function makeJpeg(page: Page): Promise<Buffer> {
  const url = await page.evaluate(async () => {
    const canvas = document.createElement('canvas')
    canvas.width = 300
    canvas.height = 200
    const context = canvas.getContext('2d')
    if (context) context.fillStyle = '#c81e1e'
    context?.fillRect(0, 0, 300, 200)
    return canvas.toDataURL('image/jpeg')
  })
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')
}
