import type { ExperimentDocument } from '../../app/experiment/spec'
import { findBarriers } from './support/axe'
import { expect, test } from './support/journey'
import { shootEveryLook } from './support/looks'
import { smallNetwork } from './support/network'
import { patience, type Saturascope } from './support/saturascope'

/** The input of conv 3 already sees 9 of the 8 pixels. */
const deep: ExperimentDocument = {
  data: { kind: 'digits', size: 8, samples: 300, classes: 4 },
  layers: [
    { kind: 'conv', channels: 4, kernel: 5 },
    { kind: 'conv', channels: 6, kernel: 5 },
    { kind: 'conv', channels: 6, kernel: 3 },
    { kind: 'globalAveragePool' },
    {},
  ],
  optimizer: { kind: 'adam', learningRate: 0.01 },
  training: { batchSize: 16, steps: 100_000 },
  monitor: { samples: 100, output: 'post' },
}

test.use({ viewport: { width: 1440, height: 900 } })

test('probes are measured while a network on images trains, and stand beside saturation and receptive field', async ({
  site,
  page,
}, info) => {
  test.setTimeout(240_000)
  await site.open(deep)
  await site.reach(60)
  const depth = depthOf(site)
  await depth.scrollIntoViewIfNeeded()
  await expect(depth.getByText('accuracy, not measured yet')).toBeVisible(patience)
  await expect(depth.getByRole('figure', { name: 'Receptive field over depth' })).toContainText('the whole image, 8 px')
  await expect(depth.getByText('predicted unproductive from here', { exact: true })).toBeVisible()
  await depth.getByRole('button', { name: 'Measure probes' }).click()
  await expect(depth.getByText(/^saturation at step .* probes at step [\d,]+$/)).toBeVisible(patience)
  const before = await site.step()
  await site.reach(before + 5)
  await site.pause()

  const table = await openTable(site)
  await expect(table.getByRole('columnheader')).toHaveText([
    'layer',
    'directions used',
    /^probe accuracy at step [\d,]+$/,
    'receptive field',
    'prediction',
  ])
  const rows = await table.getByRole('row').allInnerTexts()
  const cells = rows.slice(1).map((row) => row.split('\t'))
  expect(cells.map(([name]) => name)).toEqual(['conv 1', 'conv 2', 'conv 3', 'output'])
  for (const [, directions, accuracy] of cells) {
    expect(directions).toMatch(/^\d+ of \d · \d+\s%$/)
    // Four classes, of which any position of the first layer tells more than chance.
    expect(Number.parseFloat(accuracy ?? '')).toBeGreaterThan(30)
  }
  expect(cells.map(([, , , field]) => field)).toEqual(['5×5', '9×9', '11×11', 'everything'])
  expect(cells[2]?.[4]).toBe('predicted unproductive from here')
  await page.keyboard.press('Escape')

  // A second measurement joins the first.
  await depth.getByRole('button', { name: 'Measure probes' }).click()
  await expect(depth.getByRole('button', { name: 'Measure probes' })).toBeVisible(patience)
  await depth.scrollIntoViewIfNeeded()
  await shootEveryLook(page, info, 'depth')
  expect(await findBarriers(page)).toEqual([])

  // A second run beside it is probed with it, and shown over the same layers.
  await site.button('Play').click()
  await page.keyboard.press('a')
  await expect(page.getByRole('heading', { name: 'Network · B' })).toBeVisible(patience)
  await site.actOnLayer('conv 3', 'Remove')
  const layersOfB = async () => (await site.rows()).map(({ name }) => name)
  // Out of sight it is not kept up to date.
  await site.heatmap.scrollIntoViewIfNeeded()
  await expect.poll(layersOfB, patience).toEqual(['conv 1', 'conv 2', 'output'])
  await depth.getByRole('button', { name: 'Measure probes' }).click()
  await expect(depth.getByText(/ · probes: A at step [\d,]+, B at step [\d,]+$/)).toBeVisible(patience)
  await depth.scrollIntoViewIfNeeded()
  await shootEveryLook(page, info, 'depth of two runs')

  await depth.getByRole('button', { name: 'Hide' }).click()
  await expect(depth.getByRole('figure')).toHaveCount(0)
  await depth.getByRole('button', { name: 'Show' }).click()
  await expect(depth.getByRole('figure')).toHaveCount(2)
})

test('a dense network has the figure without receptive fields, data without classes say why there are no probes', async ({
  site,
  page,
}, info) => {
  await site.open(smallNetwork)
  await site.measuredRows()
  const depth = depthOf(site)
  await expect(depth.getByRole('figure')).toHaveCount(1, patience)
  await depth.getByRole('button', { name: 'Measure probes' }).click()
  await expect(depth.getByText(/^saturation at step .* probes at step [\d,]+$/)).toBeVisible(patience)
  await depth.scrollIntoViewIfNeeded()
  await shootEveryLook(page, info, 'dense depth')

  await page.goto('about:blank')
  await site.open({
    data: { kind: 'plane', samples: 100 },
    layers: [{ units: 4 }, { units: 1 }],
    loss: { kind: 'meanSquaredError' },
  })
  await expect(depth.getByText('No probes: these data have no classes to be read off.')).toBeVisible(patience)
})

async function openTable(site: Saturascope) {
  const name = 'Show as table: saturation, probe accuracy and receptive field by layer'
  await depthOf(site).getByRole('button', { name }).press('Enter')
  return site.page.getByRole('table', { name: /^saturation, probe accuracy/ })
}

function depthOf({ page }: Saturascope) {
  return page.getByRole('region', { name: 'Depth', exact: true })
}
