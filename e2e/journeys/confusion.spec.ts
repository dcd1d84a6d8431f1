import type { ExperimentDocument } from '../../app/experiment/spec'
import { findBarriers } from './support/axe'
import { expect, test } from './support/journey'
import { shootEveryLook } from './support/looks'
import { readCanvas } from './support/pixels'
import { patience, type Saturascope } from './support/saturascope'

/** Learns little at so low a rate: there are mistakes to look at for as long as it takes. */
const digits: ExperimentDocument = {
  data: { kind: 'digits', size: 8, samples: 400, classes: 4, heldOut: 0.25 },
  layers: [{ units: 12 }, {}],
  optimizer: { kind: 'sgd', learningRate: 0.001 },
  training: { batchSize: 16, steps: 100_000 },
  monitor: { samples: 64 },
}

test.use({ viewport: { width: 1440, height: 900 } })

test('the matrix follows training, a cell shows its samples, and a sample is looked at closely', async ({
  site,
  page,
}, info) => {
  await site.open(digits)
  await site.reach(3)
  const confusion = confusionOf(site)
  await confusion.scrollIntoViewIfNeeded()
  const matrix = confusion.getByRole('grid', { name: /^Confusion matrix/ })
  const cells = matrix.getByRole('gridcell').getByRole('button')
  await expect(cells).toHaveCount(16, patience)
  await expect(confusion.getByText(/^step [\d,]+ · accuracy [\d.]+\s%/)).toContainText('100 held-out samples')
  const before = await shownStep(site)
  await expect.poll(() => shownStep(site), patience).toBeGreaterThan(before)

  await site.pause()
  await expect.poll(() => shownStep(site), patience).toBe(await site.step())
  await confusion.getByRole('radio', { name: 'counts' }).check({ force: true })
  const counts = (await cells.allInnerTexts()).map(Number)
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(100)

  // Arrows lead along the row, and Enter shows what is there.
  const worst = counts.reduce((best, count, cell) => (cell % 5 > 0 && count > counts[best]! ? cell : best), 1)
  await cells.first().focus()
  for (let down = 0; down < Math.floor(worst / 4); down++) await page.keyboard.press('ArrowDown')
  for (let right = 0; right < worst % 4; right++) await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  const name = `${Math.floor(worst / 4)} taken for ${worst % 4}`
  await expect(confusion.getByText(new RegExp(`^${name}: ${counts[worst]} of \\d+`))).toBeVisible()
  const gallery = confusion.getByRole('region', { name, exact: true })
  const samples = gallery.getByRole('radio')
  await expect(samples).toHaveCount(Math.min(24, counts[worst]!))
  await expect(samples.first()).toHaveAccessibleName(new RegExp(`^true ${name.replace(' taken', ', taken')} with`))
  await expect
    .poll(async () => (await readCanvas(gallery.getByRole('radiogroup').locator('canvas').first())).checksum)
    .not.toBe(0)
  // The first is shown large unasked: Try it shows another one, unless it is the first of all.
  const unasked = await gallery.getByText(/^Held-out sample \d+, at step/).innerText()
  expect(unasked.includes('Try it')).toBe(unasked.startsWith('Held-out sample 1,'))
  await samples.first().click()
  const place = gallery.getByText(/^Held-out sample \d+, at step [\d,]+; Try it/)
  const [, number = ''] = /^Held-out sample (\d+)/.exec(await place.innerText()) ?? []
  await shootEveryLook(page, info, 'confusion')
  expect(await findBarriers(page)).toEqual([])

  // The same sample goes through the network.
  const tryIt = page.getByRole('region', { name: 'Try it', exact: true })
  await tryIt.scrollIntoViewIfNeeded()
  await expect(tryIt.getByRole('spinbutton', { name: 'Number of the sample' })).toHaveValue(number, patience)
  await gallery.getByRole('button', { name: 'All mistakes' }).click()
  await expect(confusion.getByRole('region', { name: 'Mistakes, the surest first' })).toBeVisible()
})

test('points in the plane have a table of their features, values to come close to have no matrix', async ({
  site,
  page,
}, info) => {
  await site.open({
    data: { kind: 'moons', samples: 100, noise: 0.3 },
    layers: [{ units: 4 }, { units: 1 }],
    loss: { kind: 'binaryCrossEntropy' },
    training: { steps: 20 },
  })
  const confusion = confusionOf(site)
  await confusion.scrollIntoViewIfNeeded()
  await expect(confusion.getByRole('grid').getByRole('gridcell').getByRole('button')).toHaveCount(4, patience)
  await expect(confusion.getByRole('columnheader', { name: 'feature 2' })).toBeVisible()
  await shootEveryLook(page, info, 'confusion of points')
  await page.goto('about:blank')
  await site.open({
    data: { kind: 'plane', samples: 100 },
    layers: [{ units: 4 }, { units: 1 }],
    loss: { kind: 'meanSquaredError' },
  })
  await site.measuredRows()
  await expect(confusion).toHaveCount(0)
})

/** The step that the matrix is of. */
async function shownStep(site: Saturascope): Promise<number> {
  const note = await confusionOf(site)
    .getByText(/^step [\d,]+ · accuracy/)
    .innerText()
  return Number(/^step ([\d,]+)/.exec(note)?.[1]?.replaceAll(',', ''))
}

function confusionOf({ page }: Saturascope) {
  return page.getByRole('region', { name: 'Confusion', exact: true })
}
