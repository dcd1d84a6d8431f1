import type { Locator } from 'playwright/test'
import { findBarriers } from './support/axe'
import { expect, test } from './support/journey'
import { patience, type Saturascope } from './support/saturascope'

const desktop = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }

/** Quick to train on any machine. */
const small = {
  data: { kind: 'subspace', samples: 400, dimensions: 8, rank: 4 },
  layers: [{ units: 12 }, { units: 8 }, {}],
  training: { steps: 200 },
} as const
/** Does not end meanwhile. */
const long = { ...small, training: { steps: 100_000 } } as const

test.use({ viewport: desktop })

/** The run of that letter in the bar above the charts. */
function chip({ page }: Saturascope, letter: string): Locator {
  return page.getByRole('radio', { name: new RegExp(`^Run ${letter}, `) })
}

async function expectRuns(site: Saturascope, ...names: readonly string[]): Promise<void> {
  await expect
    .poll(() => runBar(site).getByRole('radio').evaluateAll(labelsOf), patience)
    .toEqual(names.map((name) => `Run ${name}`))
}

function labelsOf(elements: (HTMLElement | SVGElement)[]): (string | null)[] {
  return elements.map((element) => element.getAttribute('aria-label'))
}

function runBar({ page }: Saturascope): Locator {
  return page.getByRole('region', { name: 'Side by side' })
}

test('a second run joins, is changed, catches up, becomes the baseline, outlives the first, and undo brings that back', async ({
  site,
  page,
}) => {
  test.setTimeout(240_000)
  await site.open(small)
  await site.setPace('max')
  await expect(site.button('Continue +200')).toBeVisible(patience)

  await site.button('Add B').click()
  await expectRuns(site, 'A, baseline', 'B, same as A')
  await expect(chip(site, 'B')).toBeChecked()
  await expect(page.getByRole('heading', { name: 'Network · B' })).toBeVisible()
  await site.setNumber('hidden 2, units', 4)
  await expectRuns(site, 'A, baseline', 'B, hidden 2: 4 units')
  await expect.poll(() => site.widths(), patience).toEqual([12, 4, 4])

  // Both come to rest at the same step, and are summed up together.
  for (const letter of ['A', 'B']) {
    await expect(chip(site, letter)).toHaveAccessibleDescription(/^held-out accuracy [\d.]+\s% at step 200$/, patience)
  }
  await expect(site.run.getByText(/^A [\d.]+\s% · B [\d.]+\s%$/)).toBeVisible(patience)
  await expect(page.getByText(/^Finished 200 steps, held-out accuracy A [\d.]+\s%, B [\d.]+\s%\.$/)).toBeAttached()

  await chip(site, 'A').check({ force: true })
  await expect(page.getByRole('heading', { name: 'Network · A' })).toBeVisible()
  await expect.poll(() => site.widths(), patience).toEqual([12, 8, 4])

  await site.button('Compare the others with B').click()
  await expect(site.button('Compare the others with B')).toHaveAttribute('aria-pressed', 'true')
  await expectRuns(site, 'A, hidden 2: 8 units', 'B, baseline')
  await site.button('Remove A').click()
  await expect(runBar(site).getByRole('radio')).toHaveCount(0)
  await expect(site.button('Add A')).toBeFocused()
  await expect.poll(() => site.widths(), patience).toEqual([12, 4, 4])

  await site.button('Undo').click()
  await expectRuns(site, 'A, hidden 2: 8 units', 'B, baseline')
  await expect(chip(site, 'A')).toHaveAccessibleDescription(/at step 200$/, patience)
  await site.button('Undo').click()
  await expectRuns(site, 'A, baseline', 'B, hidden 2: 4 units')
  await site.button('Redo').click()
  await expectRuns(site, 'A, hidden 2: 8 units', 'B, baseline')

  // Slow enough to be seen at the beginning again.
  await site.setPace('watch')
  await site.button('Start all runs again from step 0').click()
  await expect.poll(() => site.step(), patience).toBeLessThan(200)
  for (const letter of ['A', 'B']) await expect(chip(site, letter)).toHaveAccessibleDescription(/at step [1-9]?\d$/)
  await site.setPace('max')
  await expect(site.button('Continue +200')).toBeVisible(patience)
  await expect(chip(site, 'B')).toHaveAccessibleDescription(/at step 200$/, patience)
})

test('runs are added, chosen, removed and brought back by the keyboard, which stays silent while someone types', async ({
  site,
  page,
}) => {
  await site.open(long)
  await site.measuredRows()
  await site.pause()
  await page.keyboard.press('a')
  await expectRuns(site, 'A, baseline', 'B, same as A')
  await page.keyboard.press('a')
  await expect(chip(site, 'C')).toBeChecked()
  await page.keyboard.press('2')
  await expect(chip(site, 'B')).toBeChecked()

  const units = page.getByRole('spinbutton', { name: 'hidden 1, units' })
  await units.fill('2')
  await units.press('1')
  await units.press('a')
  await expect(units).toHaveValue('21a')
  await units.press('Control+z')
  await expect(chip(site, 'B')).toBeChecked()
  await expect(runBar(site).getByRole('radio')).toHaveCount(3)
  await units.press('Escape')

  await chip(site, 'B').focus()
  await page.keyboard.press('ArrowRight')
  await expect(chip(site, 'C')).toBeChecked()
  await expect(chip(site, 'C')).toHaveCSS('outline-style', 'solid')
  for (const name of ['Compare the others with C', 'Remove C', 'Add D']) {
    await page.keyboard.press('Tab')
    await expect(site.button(name)).toBeFocused()
    await expect(site.button(name)).toHaveCSS('outline-style', 'solid')
  }
  await chip(site, 'C').focus()
  await page.keyboard.press('Delete')
  await expectRuns(site, 'A, baseline', 'B, same as A')
  await expect(chip(site, 'A')).toBeFocused()
  await page.keyboard.press('Control+z')
  await expectRuns(site, 'A, baseline', 'B, same as A', 'C, same as A')
  await page.keyboard.press('Control+z')
  await expectRuns(site, 'A, baseline', 'B, same as A')
  for (const redo of ['Control+y', 'Control+Shift+z']) await page.keyboard.press(redo)
  await expectRuns(site, 'A, baseline', 'B, same as A')
  await expect(site.button('Redo')).toBeDisabled()
})

/** Four runs: one on other batches, and one that breaks off. */
async function openFour(site: Saturascope): Promise<void> {
  // Of all losses the one that no learning rate is too high to blow up.
  await site.open({ ...long, loss: { kind: 'meanSquaredError' }, optimizer: { kind: 'sgd', learningRate: 0.01 } })
  await site.measuredRows()
  await site.button('Add B').click()
  await site.setNumber('hidden 2, units', 4)
  await site.button('Add C').click()
  await site.setNumber('Batch, samples', 32)
  await site.button('Add D').click()
  await site.setNumber('Learning rate', 1000)
  await expect(chip(site, 'D')).toHaveAccessibleDescription(/broke off at step [\d,]+: .* became NaN/, patience)
  await expect(chip(site, 'C')).toHaveAccessibleDescription(/different batches than A$/)
  await expect(chip(site, 'B')).not.toHaveAccessibleDescription(/different batches/)
  await expect(site.page.getByRole('alert').getByText(/^D: /)).toBeVisible()
}

test('four runs show no barrier to axe, fit every size, and nothing in their bar moves while numbers change', async ({
  site,
  page,
}, info) => {
  test.setTimeout(240_000)
  await openFour(site)
  await expect(runBar(site).getByRole('button', { name: /^Add / })).toHaveCount(0)
  await site.setPace('max')
  for (const size of [desktop, phone]) {
    await page.setViewportSize(size)
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme })
      const name = `${size.width}x${size.height} ${scheme}`
      await page.screenshot({ path: info.outputPath(`${name}.png`), animations: 'disabled' })
      expect(await findBarriers(page), name).toEqual([])
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(overflow, `${name}: pixels beyond the right edge`).toBeLessThanOrEqual(0)
    }
    const places = await placesIn(runBar(site))
    const step = await site.step()
    await site.reach(step + 60)
    expect(await placesIn(runBar(site))).toEqual(places)
  }
})

/** Left, top, width and height of everything in it. */
function placesIn(place: Locator): Promise<number[][]> {
  return place.locator('*').evaluateAll((elements) =>
    elements.map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect()
      return [x, y, width, height]
    }),
  )
}
