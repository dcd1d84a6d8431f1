import { expect, test } from './support/journey'
import { shootEveryLook } from './support/looks'
import { readCanvas } from './support/pixels'
import { patience, type Saturascope } from './support/saturascope'

/** Data in the plane, so that there is a decision surface; a column every 20 steps, fewer than weights are kept for. */
const planar = {
  data: { kind: 'moons', samples: 400 },
  layers: [{ units: 12 }, { units: 8 }, {}],
  optimizer: { kind: 'adam', learningRate: 0.02 },
  training: { steps: 200 },
  monitor: { samples: 128, cadence: 20 },
} as const

test.use({ viewport: { width: 1440, height: 900 } })

test('scrubbing the heatmap takes spectrum, metrics and decision surface along, and back to the same', async ({
  site,
  page,
}, info) => {
  test.setTimeout(180_000)
  await site.open(planar)
  await site.setPace('max')
  await expect(site.button('Continue +200')).toBeVisible(patience)
  const end = await lookAt(site, 200)

  await site.heatmap.focus()
  await page.keyboard.press('Home')
  const start = await lookAt(site, 0)
  for (let press = 0; press < 5; press++) await page.keyboard.press('ArrowRight')
  const middle = await lookAt(site, 100)
  await shootEveryLook(page, info, 'step 100')
  const looks = [start, middle, end]
  // Counts of directions may well be the same; what they are counted from is not.
  for (const part of ['surface', 'spectrum', 'measures'] as const) {
    expect(new Set(looks.map((look) => look[part])).size, `${part} at three steps`).toBe(3)
  }

  // By pointer, as most will, and then the newest again.
  await scrubTo(site, 0.002)
  expect(await lookAt(site, 0)).toEqual(start)
  await scrubTo(site, 0.51)
  expect(await lookAt(site, 100)).toEqual(middle)
  await site.heatmap.focus()
  await page.keyboard.press('Escape')
  await page.mouse.move(0, 0)
  expect(await lookAt(site, 200)).toEqual(end)
})

/** What is shown of a step, once every chart says that it shows it. */
async function lookAt(site: Saturascope, step: number) {
  await expect(site.surface.getByText(`step ${step}`, { exact: true })).toBeVisible(patience)
  await expect(site.spectrum.getByText(`hidden 1 · step ${step}`, { exact: true })).toBeVisible()
  expect(await site.shownStep()).toBe(step)
  const paintings = await Promise.all(
    [site.surface, site.spectrum].map((panel) => readCanvas(panel.locator('canvas').first())),
  )
  const [surface, spectrum] = paintings.map(({ checksum }) => checksum)
  const measures = (await site.spectrum.getByRole('definition').allTextContents()).join(' · ')
  const rows = (await site.rows()).map(({ name, directions }) => `${name} ${directions}`).join(' · ')
  return { surface, spectrum, measures, rows }
}

/** Presses the heatmap at a share of its width, and leaves it. */
async function scrubTo(site: Saturascope, share: number): Promise<void> {
  const cells = await site.heatmapOf('A').locator('canvas').boundingBox()
  if (!cells) throw new Error('the heatmap has no place on the page')
  await site.page.mouse.click(cells.x + share * cells.width, cells.y + 4)
  await site.page.mouse.move(0, 0)
}
