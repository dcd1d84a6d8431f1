import { findBarriers } from './support/axe'
import { expect, test } from './support/journey'
import { patience } from './support/saturascope'

const desktop = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }

/** Quick to train on any machine. */
const small = {
  data: { kind: 'subspace', samples: 400, dimensions: 8, rank: 4 },
  layers: [{ units: 12 }, { units: 8 }, {}],
  training: { steps: 200 },
} as const

test.use({ viewport: desktop })

test('two runs are compared by curves, size, settings and results, for eyes, keyboard and screen readers', async ({
  site,
  page,
}, info) => {
  test.setTimeout(240_000)
  const comparison = page.getByRole('region', { name: 'Comparison' })
  await site.open(small)
  await site.setPace('max')
  await expect(site.button('Continue +200')).toBeVisible(patience)
  await expect(comparison).toHaveCount(0)
  await site.button('Add B').click()
  await site.setNumber('hidden 2, units', 4)

  // Below the insights, of which the first line is in sight before anything is scrolled.
  const insights = page.getByRole('region', { name: 'Insights' })
  await expect(insights.getByRole('heading')).toBeInViewport()
  const [upper, lower] = [await insights.boundingBox(), await comparison.boundingBox()]
  expect(lower?.y, 'the comparison begins where the insights end').toBeGreaterThanOrEqual(
    (upper?.y ?? NaN) + (upper?.height ?? NaN),
  )
  // What is read out of it does not wait until it is scrolled to.
  await expect(comparison).not.toBeInViewport()
  await expect(comparison.getByText(/^Against A: B .*, parameters −\d+\s%$/).first()).toBeAttached(patience)
  await comparison.scrollIntoViewIfNeeded()
  await expect(comparison.getByText(/^Against A: B .*, parameters −\d+\s%$/).first()).toBeVisible(patience)
  const row = (name: string) => comparison.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) })
  await expect(row('hidden 2 width').getByRole('cell')).toHaveText(['8', '4'])
  await expect(row('held-out accuracy').getByRole('cell').nth(1)).toHaveText(/%.*points?$|^same$/, patience)
  await expect(row('hidden 1 width')).toHaveCount(0)
  await expect(comparison.getByRole('columnheader', { name: 'A baseline' })).toBeVisible()
  const charts = await site.saturation.boundingBox()
  expect(charts?.height, 'the charts keep their height').toBeGreaterThanOrEqual(300)

  // Every run at the crosshair.
  const loss = site.curves.getByRole('figure', { name: 'loss over the steps' })
  await loss.scrollIntoViewIfNeeded()
  const box = await loss.locator('canvas').boundingBox()
  if (!box) throw new Error('the curves have no place on the page')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await expect(loss.getByText(/at step \d+: A [\d.]+ \([\d.]+\) · B [\d.]+ \([\d.]+\)$/)).toBeVisible()
  await page.mouse.move(0, 0)

  await loss.getByRole('button', { name: 'Show as table: loss over the steps' }).press('Enter')
  const table = page.getByRole('table', { name: 'loss over the steps' })
  await expect(table.getByRole('columnheader')).toHaveText([
    'step',
    'A training',
    'A held-out',
    'B training',
    'B held-out',
  ])
  await expect(table.getByRole('rowheader').first()).toHaveText('0')
  await page.keyboard.press('Escape')
  await expect(table).toBeHidden()

  await comparison.getByRole('radio', { name: 'FLOPs' }).check({ force: true })
  await expect(comparison.getByRole('figure', { name: 'held-out accuracy over FLOPs a sample' })).toBeVisible()
  for (const size of [desktop, phone]) {
    for (const scheme of ['light', 'dark'] as const) {
      await page.setViewportSize(size)
      await page.emulateMedia({ colorScheme: scheme })
      await comparison.scrollIntoViewIfNeeded()
      const name = `${size.width}x${size.height} ${scheme}`
      await page.screenshot({ path: info.outputPath(`${name}.png`), animations: 'disabled' })
      expect(await findBarriers(page), name).toEqual([])
    }
  }
})

test('four runs leave the insights in sight, and large type cuts no finding', async ({ site, page }) => {
  test.setTimeout(240_000)
  await site.open()
  await site.measuredRows()
  for (const letter of ['B', 'C', 'D']) await site.button(`Add ${letter}`).click()
  await expect(site.heatmapOf('D')).toContainText(/hidden 1: \d+ of 80/, patience)
  const heading = page.getByRole('region', { name: 'Insights' }).getByRole('heading')
  await expect(heading).toBeInViewport({ ratio: 1 })
  const top = (await page.getByRole('region', { name: 'Insights' }).boundingBox())?.y
  expect(top, 'room for the first insight').toBeLessThanOrEqual(desktop.height - 96)

  await page.goto('./?large')
  await site.measuredRows()
  await site.pause()
  const plot = site.spectrum.getByRole('figure', { name: 'Eigenvalues' })
  const finding = plot.getByText(/^\d+ of 80 directions? carr(y|ies) [\d.]+\s%$/)
  // From a mark at the left edge to one at the right.
  for (const percent of [50, 90, 95.25, 95.75, 96.25, 96.75, 97.25, 97.75, 98.25, 99.99]) {
    await site.setThreshold(percent)
    await expect(finding).toContainText(`${percent}`)
    const isWhole = await finding.evaluate((element) => element.scrollWidth <= element.clientWidth)
    expect(isWhole, `at ${percent} %`).toBe(true)
    const [words, box] = [await finding.boundingBox(), await plot.boundingBox()]
    expect((words?.x ?? NaN) + (words?.width ?? NaN), `at ${percent} %`).toBeLessThanOrEqual(
      (box?.x ?? NaN) + (box?.width ?? NaN),
    )
  }
})
