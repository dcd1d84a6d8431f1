import type { Locator } from 'playwright/test'
import { findBarriers } from './support/axe'
import { expect, test } from './support/journey'
import { readCanvas } from './support/pixels'
import { patience, type Saturascope } from './support/saturascope'

/** Quick to train on any machine, and long enough not to end meanwhile. */
const small = {
  data: { kind: 'subspace', samples: 400, dimensions: 8, rank: 4 },
  layers: [{ units: 12 }, { units: 8 }, {}],
  training: { steps: 100_000 },
  monitor: { samples: 128 },
} as const

test.use({ viewport: { width: 1440, height: 900 } })

test('three runs have heatmaps on one scale, their difference to the baseline, or one has all the room', async ({
  site,
}, info) => {
  test.setTimeout(240_000)
  await openThree(site)
  await lookAtEach(site)
  await readAsTables(site)
  await chooseAnother(site)
  await site.page.screenshot({ path: info.outputPath('each.png') })
  await lookAtDifferences(site)
  await site.page.screenshot({ path: info.outputPath('difference.png') })

  await site.compare('one')
  await expect(heatmaps(site)).toHaveCount(1)
  await expect(site.heatmapOf('A')).toBeVisible()
  await site.compare('each')
  for (const letter of ['B', 'C']) await site.button(`Remove ${letter}`).click()
  await expect(heatmaps(site)).toHaveCount(1)
  await expect(site.saturation.getByRole('radio', { name: 'difference' })).toHaveCount(0)
})

/** A as it is, B with a narrower layer, C without it. */
async function openThree(site: Saturascope): Promise<void> {
  await site.open(small, 'reference')
  await site.measuredRows()
  await expect(heatmaps(site)).toHaveCount(1)
  await site.button('Add B').click()
  await site.setNumber('hidden 2, units', 4)
  await site.button('Add C').click()
  await site.actOnLayer('hidden 2', 'Remove')
  await expect.poll(() => site.widths(), patience).toEqual([12, 4])
  await site.reach(40)
  await site.pause()
}

async function lookAtEach(site: Saturascope): Promise<void> {
  await expect(heatmaps(site)).toHaveCount(3)
  for (const letter of ['A', 'B', 'C']) {
    const { coloured } = await readCanvas(cells(site, letter))
    expect(coloured, `run ${letter} is painted`).toBeGreaterThan(0)
  }
  await expect(site.heatmapOf('A')).toContainText(/hidden 2: \d of 8/)
  await expect(site.heatmapOf('B')).toContainText(/hidden 2: \d of 4/)
  await expect(site.heatmapOf('C')).toContainText('hidden 2: –not in this network')
  await expect(site.saturation.getByText(/: run A: hidden 1 .*; run B: hidden 1 .*; run C: hidden 1 /)).toBeAttached(
    patience,
  )
  const lefts = await Promise.all(['A', 'B', 'C'].map(async (letter) => (await placeOf(cells(site, letter))).width))
  expect(new Set(lefts.map(Math.round)).size, 'widths of the cells').toBe(1)
}

/** For people who cannot see them: every heatmap and the spectrum as tables, by keyboard. */
async function readAsTables(site: Saturascope): Promise<void> {
  const { page } = site
  const open = async (name: string) => {
    await site.button(`Show as table: ${name}`).press('Enter')
    const table = page.getByRole('dialog', { name: `Show as table: ${name}` }).getByRole('table')
    await expect(table).toBeVisible()
    return table
  }
  const saturations = await open('saturation of run B over the steps')
  await expect(saturations.getByRole('columnheader')).toHaveText([
    'step',
    'hidden 1, of 12',
    'hidden 2, of 4',
    'output, of 4',
  ])
  await expect(saturations.getByRole('row').nth(1)).toHaveText(/^0(\d+ · \d+\s%){3}$/)
  await page.keyboard.press('Escape')

  const eigenvalues = await open('eigenvalues and the variance they carry')
  await expect(eigenvalues.getByRole('caption')).toHaveText(/^eigenvalues of hidden \d at step [\d,]+$/)
  const width = (await site.rows())[0]?.width ?? 0
  await expect(eigenvalues.getByRole('row')).toHaveCount(1 + width)
  await expect(eigenvalues.getByRole('row').last()).toHaveText(/100\s%$/)
  await page.keyboard.press('Escape')
  await expect(eigenvalues).toBeHidden()
}

/** Pressing a row of another run's heatmap: that run becomes active and its layer is selected. */
async function chooseAnother(site: Saturascope): Promise<void> {
  const place = await placeOf(cells(site, 'A'))
  await site.page.mouse.click(place.x + 1, place.y + place.height / 2)
  await site.page.mouse.move(0, 0)
  await expect(site.spectrum.getByText(/^hidden 2 · step [\d,]+$/)).toBeVisible()
  await expect(site.page.getByRole('heading', { name: 'Network · A' })).toBeVisible()
  expect(await site.widths()).toEqual([12, 8, 4])

  // The focus stays on the heatmaps whoever is active.
  await site.heatmap.focus()
  await site.page.keyboard.press('2')
  await expect(site.heatmap).toHaveAccessibleName(/^Saturation heatmap of run B/)
  await expect(site.heatmap).toBeFocused()
  await site.page.keyboard.press('ArrowUp')
  await expect(site.spectrum.getByText(/^hidden 1 · step [\d,]+$/)).toBeVisible()
  await site.page.keyboard.press('Escape')
  await site.heatmapOf('A').getByRole('button', { name: 'Run A, the one to look at closely' }).click()
  await expect(site.page.getByRole('heading', { name: 'Network · A' })).toBeVisible()
}

async function lookAtDifferences(site: Saturascope): Promise<void> {
  await site.compare('difference')
  await expect(heatmaps(site)).toHaveCount(2)
  await expect(site.heatmapOf('C')).toHaveAccessibleName('Saturation of run C, difference to run A')
  await expect(site.heatmapOf('B')).toContainText(/hidden 2: (0|[+−][\d.]+) points?/)
  await expect(site.heatmapOf('C')).toContainText('hidden 2: only in A')
  await expect(site.saturation.getByText(/, against run A: run B: hidden 1 .*, hidden 2 only in A/)).toBeAttached(
    patience,
  )
  // With half the units the layer's saturation is another one at some step at least.
  expect((await readCanvas(cells(site, 'B'))).coloured).toBeGreaterThan(0)
  await site.button('Show as table: saturation of run C minus run A over the steps').press('Enter')
  const table = site.page.getByRole('table', { name: 'saturation of run C minus run A over the steps' })
  await expect(table.getByRole('row').nth(1)).toHaveText(/^0.* points?only in A.* points?$/)
  await site.page.keyboard.press('Escape')
  expect(await findBarriers(site.page)).toEqual([])

  await site.button('Compare the others with B').click()
  await expect(site.heatmapOf('A')).toHaveAccessibleName('Saturation of run A, difference to run B')
  await expect(site.heatmapOf('B')).toHaveCount(0)
}

function heatmaps({ saturation }: Saturascope): Locator {
  return saturation.getByRole('figure', { name: /^Saturation of run/ })
}

function cells(site: Saturascope, letter: string): Locator {
  return site.heatmapOf(letter).locator('canvas')
}

async function placeOf(element: Locator) {
  const box = await element.boundingBox()
  if (!box) throw new Error('the heatmap has no place on the page')
  return box
}
