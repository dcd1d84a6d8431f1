import type { Locator } from 'playwright/test'
import { findBarriers } from './support/axe'
import { expect, test } from './support/journey'
import { shootEveryLook } from './support/looks'
import { networkOf } from './support/network'
import { readCanvas } from './support/pixels'
import { patience } from './support/saturascope'

/** Quick to train, and in steps few enough to look back on. */
const classifier = {
  data: { kind: 'digits', size: 8, samples: 400 },
  layers: [{ units: 32 }, { units: 12 }, {}],
  optimizer: { kind: 'adam', learningRate: 0.01 },
  training: { batchSize: 32, steps: 160 },
  monitor: { samples: 100, cadence: 40 },
} as const

test.use({ viewport: { width: 1440, height: 900 } })

test('a classifier of digits becomes an autoencoder, and what it makes of samples gets closer to them', async ({
  site,
  page,
}, info) => {
  test.setTimeout(180_000)
  await site.open(classifier)
  await expect(site.curves.getByRole('heading', { name: 'Loss and accuracy' })).toBeVisible(patience)
  await site.unfold('Loss, start, schedule, penalties')
  await page.getByRole('combobox', { name: 'Loss', exact: true }).selectOption('Reconstruction')
  const network = networkOf(site)
  await expect(network.units('output')).toHaveValue('64')
  await expect(network.row('output')).toContainText('8×8×1, as the samples')

  await network.units('output').fill('60')
  await network.units('output').press('Enter')
  await expect(network.row('output')).toContainText('needs one for each of a sample’s 64 numbers (8×8×1)')
  await site.setPace('max')
  await network.row('output').getByRole('button', { name: 'Make it 64 units' }).click()
  await expect(network.units('output')).toHaveValue('64')

  const panel = page.getByRole('region', { name: 'Reconstruction', exact: true })
  await expect(panel.getByRole('listitem')).toHaveCount(8, patience)
  await expect(site.curves.getByRole('heading', { name: 'Loss', exact: true })).toBeVisible()
  await expect(panel.getByRole('figure', { name: /^held-out sample \d$/ })).toHaveCount(8)
  const made = panel.getByRole('figure', { name: 'reconstruction of sample 1' }).locator('canvas')
  await expect(site.button('Continue +160')).toBeVisible(patience)
  await expect(panel.getByText('step 160', { exact: true })).toBeVisible(patience)
  const [end, after] = [await meanError(panel), (await readCanvas(made)).checksum]
  expect(await findBarriers(page)).toEqual([])
  await shootEveryLook(page, info, 'autoencoder')

  // Back to the untrained network, as the other charts go.
  await site.heatmap.focus()
  await page.keyboard.press('Home')
  await expect(panel.getByText('step 0', { exact: true })).toBeVisible(patience)
  const [start, before] = [await meanError(panel), (await readCanvas(made)).checksum]
  expect(end).toBeLessThan(0.7 * start)
  expect(before).not.toBe(after)

  // An output that is an image itself: of a network that keeps the places of the image.
  await network.nameOf('output').click()
  await network.row('output').getByRole('combobox', { name: 'Made by' }).selectOption('Convolution')
  await expect(network.row('output')).toContainText('what comes in are 12 numbers without places')
  await site.actOnLayer('hidden 2', 'Remove')
  await site.actOnLayer('hidden 1', 'Remove')
  await expect(network.row('output')).toContainText('8×8×1')
  await site.setNumber('Kernel', 5)
  await expect(network.row('output')).toContainText('26 parameters')
  await expect(panel.getByText('step 160', { exact: true })).toBeVisible(patience)
})

/** Of the samples that are shown. */
async function meanError(panel: Locator): Promise<number> {
  const errors = await panel.getByRole('listitem').allTextContents()
  const values = errors.map((text) => Number(/^mean squared error ([\d.]+)$/.exec(text)?.[1]))
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
