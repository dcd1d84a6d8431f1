import type { Locator } from 'playwright/test'
import type { ExperimentDocument } from '../../app/experiment/spec'
import { findBarriers } from './support/axe'
import { expect, test } from './support/journey'
import { shootEveryLook } from './support/looks'
import { patience } from './support/saturascope'

const small: ExperimentDocument = {
  data: { kind: 'digits', size: 8, samples: 300, classes: 4, noise: 0.1 },
  layers: [{ kind: 'conv', channels: 5, kernel: 3, activation: 'relu' }, { kind: 'maxPool' }, { units: 12 }, {}],
  optimizer: { kind: 'adam', learningRate: 0.01 },
  training: { batchSize: 8, steps: 100_000 },
  monitor: { samples: 60 },
}

test.use({ viewport: { width: 1440, height: 900 } })

test('a sample is picked or drawn, and the network shows what it makes of it while it learns', async ({
  site,
  page,
}, info) => {
  await site.open(small)
  await site.reach(3)
  const panel = page.getByRole('region', { name: 'Try it' })
  await panel.scrollIntoViewIfNeeded()
  const maps = panel.getByRole('slider', { name: 'Feature maps of conv 1' })
  await expect(maps).toBeVisible(patience)
  await expect(panel.getByRole('slider', { name: /^Feature maps of/ })).toHaveCount(4)

  // Classes come in turn.
  await panel.getByRole('radio', { name: 'Sample 7, 2' }).check({ force: true })
  await expect(panel.getByRole('img', { name: 'held-out sample 7 (2)' })).toBeVisible(patience)
  await expect(panel.getByRole('listitem').filter({ hasText: 'the right one' })).toHaveText(/^2/)
  const since = await shownStep(panel)
  await expect.poll(() => shownStep(panel), patience).toBeGreaterThan(since)

  await maps.focus()
  await page.keyboard.press('ArrowRight')
  await expect(maps).toHaveAttribute('aria-valuetext', /^channel 2 of 5: /)
  await maps.hover({ position: { x: 5, y: 5 } })
  await expect(maps).toHaveAttribute('aria-valuetext', /^channel 1 of 5: /)
  await page.keyboard.press('ArrowRight')
  await expect(maps).toHaveAttribute('aria-valuetext', /^channel 3 of 5: /)
  await panel.getByRole('button', { name: 'Filters of conv 1' }).click()
  await expect(panel.getByText('weights: 5 filters of 3×3')).toBeVisible(patience)
  await expect(panel.getByRole('slider', { name: 'Filters of conv 1' })).toHaveAttribute('aria-valuemax', '5')

  await panel.getByRole('radio', { name: 'Drawing' }).check({ force: true })
  await drawSeven(panel.getByRole('img', { name: 'Pad to draw on, empty' }))
  await expect(panel.getByRole('img', { name: 'Pad to draw on, 1 stroke' })).toBeVisible()
  await expect(panel.getByRole('img', { name: 'your drawing' })).toBeVisible(patience)
  await expect(panel.getByText('the right one')).toHaveCount(0)

  await site.pause()
  const paused = await site.step()
  await expect.poll(() => shownStep(panel), patience).toBe(paused)
  await panel.scrollIntoViewIfNeeded()
  await shootEveryLook(page, info, 'try it')
  expect(await findBarriers(page)).toEqual([])

  // Back in time with all other charts.
  await site.heatmap.press('Home')
  await panel.scrollIntoViewIfNeeded()
  await expect.poll(() => shownStep(panel), patience).toBeLessThan(paused)

  await panel.getByRole('button', { name: 'Hide' }).click()
  await expect(panel.getByRole('slider')).toHaveCount(0)
  await panel.getByRole('button', { name: 'Show' }).click()
  await panel.getByRole('radio', { name: 'Held-out sample' }).check({ force: true })
  await panel.getByRole('radio', { name: 'Drawing' }).check({ force: true })
  await expect(panel.getByRole('img', { name: 'Pad to draw on, 1 stroke' })).toBeVisible()
})

test('nothing is fetched or computed for it before somebody scrolls to it', async ({ site, page }) => {
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  const isFetched = () => requests.some((url) => url.includes('inspectionDesk'))
  await site.open(small)
  const panel = page.getByRole('region', { name: 'Try it' })
  await expect(panel).toBeAttached(patience)
  await site.reach((await site.step()) + 3)
  expect(isFetched()).toBe(false)
  await panel.scrollIntoViewIfNeeded()
  await expect.poll(isFetched, patience).toBe(true)
})

test('data in the plane have their decision surface instead', async ({ site, page }) => {
  await site.open({ data: { kind: 'moons', samples: 60 }, layers: [{ units: 4 }, {}], training: { batchSize: 8 } })
  await site.measuredRows()
  await expect(page.getByRole('region', { name: 'Depth', exact: true })).toBeAttached(patience)
  await expect(page.getByRole('region', { name: 'Try it' })).toHaveCount(0)
})

async function shownStep(panel: Locator): Promise<number> {
  const text = await panel.getByText(/^step [\d,]+$/).textContent()
  return Number(text?.replaceAll(/\D/g, ''))
}

async function drawSeven(pad: Locator): Promise<void> {
  await pad.scrollIntoViewIfNeeded()
  const box = await pad.boundingBox()
  if (!box) throw new Error('there is no pad')
  const { mouse } = pad.page()
  const points = [
    [0.3, 0.25],
    [0.7, 0.25],
    [0.45, 0.8],
  ] as const
  for (const [index, [x, y]] of points.entries()) {
    await mouse.move(box.x + x * box.width, box.y + y * box.height, { steps: 4 })
    if (index === 0) await mouse.down()
  }
  await mouse.up()
}
