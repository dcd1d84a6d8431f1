import { expect, test } from './support/journey'
import { middleOf, networkOf, smallNetwork } from './support/network'
import { patience } from './support/saturascope'

test('the handle of a bar changes the width by pointer: shown while it moves, run when it is let go', async ({
  site,
  page,
}) => {
  await site.open(smallNetwork)
  await site.measuredRows()
  const network = networkOf(site)
  const handle = network.handle('hidden 2')
  await expect(handle).toHaveAttribute('aria-valuetext', /^12 units, uses \d+$/)
  const cost = network.section.getByText(/^[\d,]+ parameters/)
  const before = await cost.textContent()
  const { x, y } = await middleOf(handle)
  await page.mouse.move(x + 3, y)
  await page.mouse.down()
  await page.mouse.move(x + 60, y, { steps: 4 })
  const preview = Number(await handle.getAttribute('aria-valuenow'))
  expect(preview).toBeGreaterThan(15)
  await expect(network.units('hidden 2')).toHaveValue(String(preview))
  expect(await cost.textContent(), 'the cost follows').not.toBe(before)
  expect((await site.widths())[1], 'the run does not').toBe(12)
  // Taken three pixels beside its middle, it stays that far beside the pointer.
  expect(Math.abs((await middleOf(handle)).x - (x + 57))).toBeLessThan(4)

  await page.keyboard.press('Escape')
  await expect(network.units('hidden 2')).toHaveValue('12')
  await page.mouse.move(x + 90, y)
  await page.mouse.up()
  await expect(network.units('hidden 2')).toHaveValue('12')
  expect(await cost.textContent()).toBe(before)

  // It glides back to where it was; nobody presses sooner.
  await expect.poll(async () => Math.abs((await middleOf(handle)).x - x), patience).toBeLessThan(1)
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 400, y, { steps: 4 })
  await page.mouse.up()
  await expect(network.units('hidden 2')).toHaveValue('48')
  await expect.poll(() => site.widths(), patience).toEqual([24, 48, 6, 4])
})

test('the handle obeys the keyboard, and Home goes to what the layer uses', async ({ site, page }) => {
  await site.open(smallNetwork)
  await site.measuredRows()
  await site.pause()
  const network = networkOf(site)
  const handle = network.handle('hidden 1')
  const used = Number(/uses (\d+)/.exec((await handle.getAttribute('aria-valuetext')) ?? '')?.[1])
  await handle.focus()
  await page.keyboard.down('ArrowRight')
  await page.keyboard.down('ArrowRight')
  await expect(handle).toHaveAttribute('aria-valuenow', '26')
  expect((await site.widths())[0], 'a held key starts nothing').toBe(24)
  await page.keyboard.press('Escape')
  await page.keyboard.up('ArrowRight')
  await expect(handle).toHaveAttribute('aria-valuenow', '24')

  await page.keyboard.down('PageUp')
  await expect(handle).toHaveAttribute('aria-valuenow', '32')
  await page.keyboard.down('Home')
  await expect(handle).toHaveAttribute('aria-valuetext', `${used} units, uses ${used}`)
  await page.keyboard.up('Home')
  await expect.poll(async () => (await site.widths())[0], patience).toBe(used)
  await expect(handle).toBeFocused()
})

test('every slider has a number beside it, the smoothing of the curves too', async ({ site, page }, info) => {
  await site.open(smallNetwork)
  await site.measuredRows()
  await site.setNumber('Smoothing: steps averaged', 37)
  await expect(page.getByRole('slider', { name: 'Smoothing' })).toHaveAttribute('aria-valuetext', 'mean of 37 steps')
  await site.setNumber('Smoothing: steps averaged', 0)
  await expect(page.getByRole('alert')).toHaveText('Expected a whole number from 1 to 1,000.')
  await page.screenshot({ path: info.outputPath('refused.png') })
  await page.keyboard.press('Escape')
  await expect(page.getByRole('alert')).toHaveCount(0)
  await page.getByRole('slider', { name: 'Smoothing' }).press('Home')
  await expect(page.getByRole('spinbutton', { name: 'Smoothing: steps averaged' })).toHaveValue('1')
})
