import { presets } from '../../app/experiment/presetList'
import { expect, test } from './support/journey'
import { readCanvas } from './support/pixels'
import { patience } from './support/saturascope'

/** Quick to train on any machine, and long enough not to end meanwhile. */
const small = {
  data: { kind: 'subspace', samples: 400, dimensions: 8, rank: 4 },
  layers: [{ units: 12 }, { units: 8 }, {}],
  training: { steps: 100_000 },
} as const

test('layers are added, widened, changed and removed, each as a new run with rows to match', async ({ site }) => {
  // Slow enough to be seen at the beginning again after a restart.
  await site.open({ ...small, training: { steps: 1000 } })
  await expect.poll(() => site.widths(), patience).toEqual([12, 8, 4])

  await site.addLayer('Dense 8')
  await expect
    .poll(async () => (await site.rows()).map(({ name }) => name), patience)
    .toEqual(['hidden 1', 'hidden 2', 'hidden 3', 'output'])
  await site.actOnLayer('hidden 3', 'Remove')
  await expect.poll(() => site.widths(), patience).toEqual([12, 8, 4])

  await site.setNumber('hidden 2, units', 20)
  await expect.poll(() => site.widths(), patience).toEqual([12, 20, 4])
  await expect(site.page.getByText('452 parameters')).toBeVisible()
  await site.button('hidden 1: 16 units').click()
  await expect.poll(() => site.widths(), patience).toEqual([16, 20, 4])

  await site.reach(20)
  await site.page.getByRole('combobox', { name: 'hidden 1, activation function' }).selectOption('Tanh')
  await expect.poll(() => site.step(), { ...patience, intervals: [50] }).toBeLessThan(20)
  await site.reach(2)
  await site.page.getByRole('combobox', { name: 'Optimizer' }).selectOption('SGD')
  await expect(site.page.getByRole('spinbutton', { name: 'Learning rate' })).toHaveValue('0.1')
  await site.reach(2)
})

test('dropout and learning rate change while the run goes on', async ({ site }) => {
  await site.open(small)
  await site.reach(5)
  const before = await site.step()
  await site.page.getByRole('button', { name: 'hidden 1', exact: true }).click()
  await site.setNumber('Dropout', 0.5)
  await site.setNumber('Learning rate', 0.002)
  await expect(site.page.getByRole('spinbutton', { name: 'Dropout' })).toHaveValue('0.5')
  expect(await site.step(), 'no restart').toBeGreaterThanOrEqual(before)
  await site.reach(before + 10)
})

test('data in the plane bring a decision surface, which changes while training', async ({ site }) => {
  await site.open(small)
  await site.measuredRows()
  await expect(site.surface).toHaveCount(0)
  await site.page.getByRole('combobox', { name: 'Data source' }).selectOption('Spirals')
  await expect(site.surface.getByText(/^step [\d,]+$/)).toBeVisible(patience)
  const picture = site.surface.locator('canvas').first()
  await site.setPace('max')
  const first = await readCanvas(picture)
  await expect.poll(async () => (await readCanvas(picture)).checksum, patience).not.toBe(first.checksum)
  await expect.poll(async () => (await readCanvas(picture)).coloured, patience).toBeGreaterThan(0.5)
})

test('every preset of points and dense layers opens, trains and measures', async ({ site }) => {
  test.setTimeout(240_000)
  await site.open(small)
  await site.measuredRows()
  // Those of images are as many convolutions for a CPU, and their runs are on record (apiInsightsPresets.test.ts).
  for (const { title, document } of presets.filter(({ group }) => group !== 'images')) {
    await site.choosePreset(title)
    const hidden = (document.layers ?? []).slice(0, -1).map((layer) => ('units' in layer ? layer.units : undefined))
    await expect.poll(async () => (await site.widths()).slice(0, -1), patience).toEqual(hidden)
    await site.reach(1)
  }
})

test('single steps, start again, continue, and both paces', async ({ site }) => {
  await site.open({ ...small, training: { steps: 60 } })
  await site.measuredRows()
  await site.setPace('max')
  await expect(site.button('Continue +60')).toBeVisible(patience)
  expect(await site.step()).toBe(60)
  expect(await site.shownStep()).toBe(60)
  await expect(site.page.getByText(/^Finished 60 steps, held-out accuracy [\d.]+\s%\.$/)).toBeAttached()

  await site.setPace('watch')
  await site.button('Continue +60').click()
  await expect(site.run.getByText('/ 120')).toBeVisible(patience)
  await site.reach(62)
  await site.pause()
  const paused = await site.step()
  for (const more of [1, 2, 3]) {
    await site.button('One step').click()
    await expect.poll(() => site.step(), patience).toBe(paused + more)
    await expect.poll(() => site.shownStep(), patience).toBe(paused + more)
  }
  await site.button('Start again from step 0').click()
  await expect.poll(() => site.step(), patience).toBeLessThan(paused)
})

test('the whole run obeys the keyboard alone', async ({ site, page }) => {
  await site.open(small)
  // Far enough that a run that starts again is seen before it has come as far.
  await site.reach(2000)
  await page.keyboard.press('Space')
  await expect(page.getByText(/^Paused at step/)).toBeAttached(patience)
  const paused = await site.step()
  await page.keyboard.press('.')
  await expect.poll(() => site.step(), patience).toBe(paused + 1)
  const pace = site.run.getByRole('radio', { name: 'max' })
  await expect(pace).not.toBeChecked()
  await page.keyboard.press('m')
  await expect(pace).toBeChecked()
  await page.keyboard.press('m')
  await expect(pace).not.toBeChecked()
  await page.keyboard.press('r')
  await expect.poll(() => site.step(), patience).toBeLessThanOrEqual(paused)
  await expect(site.button('Pause')).toBeVisible(patience)
  await page.keyboard.press('Shift+?')
  await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name: 'Help' })).toBeHidden()
})
