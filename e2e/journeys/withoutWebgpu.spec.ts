import { launchOptions, withoutWebgpuFlags } from '../tools/chromium.mjs'
import { expect, test } from './support/journey'
import { patience, type Saturascope } from './support/saturascope'
import { runInTrainingWorker } from './support/workerHook'

// Chromium without these flags knows WebGPU and has no adapter for it.
test.use({ launchOptions: launchOptions(withoutWebgpuFlags) })

test('without an adapter the page trains a smaller network on the CPU and says how much slower', async ({ site }) => {
  await site.open()
  await trainsOnTheCpu(site, /offers no graphics adapter/)
})

test('a browser that does not know WebGPU does the same', async ({ site, page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'gpu'))
  await runInTrainingWorker(page, 'delete WorkerNavigator.prototype.gpu')
  await site.open()
  await trainsOnTheCpu(site, /This browser has no WebGPU/)
})

async function trainsOnTheCpu(site: Saturascope, reason: RegExp): Promise<void> {
  const rows = await site.measuredRows()
  expect(rows.map(({ width }) => width)).toEqual([48, 24, 48, 48, 10])
  await expect(site.page.getByRole('spinbutton', { name: 'hidden 1, units' })).toHaveValue('48')
  const started = await site.step()
  await site.reach(started + 30)

  const badge = site.button(/^Engine: CPU, about [\d,]+× slower$/)
  await expect(badge).toBeVisible(patience)
  const times = Number(/([\d,]+)×/.exec((await badge.textContent()) ?? '')?.[1]?.replaceAll(',', ''))
  expect(times).toBeGreaterThan(1)
  await badge.click()
  const explanation = site.page.getByRole('dialog', { name: /^Engine: CPU/ })
  await expect(explanation.getByText(reason)).toBeVisible()
  const advice = explanation.getByText(/chrome:\/\/flags/)
  await expect(advice).toBeHidden()
  await explanation.getByText('How to get WebGPU here').click()
  await expect(advice).toBeVisible()
}
