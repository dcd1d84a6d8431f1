import { findBarriers } from './support/axe'
import { expect, test } from './support/journey'
import { middleOf, networkOf, smallNetwork } from './support/network'
import { patience } from './support/saturascope'

const desktop = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }

test('a layer dragged by its grip goes where the mark was, and nothing else moves before', async ({ site, page }) => {
  await site.open(smallNetwork)
  await expect.poll(() => site.widths(), patience).toEqual([24, 12, 6, 4])
  const network = networkOf(site)
  const others = () => Promise.all(['hidden 1', 'hidden 2', 'output'].map((name) => network.row(name).boundingBox()))
  const places = await others()
  const mark = network.section.locator('li[aria-hidden]')

  await network.row('hidden 3').hover()
  const grip = await middleOf(network.grip('hidden 3'))
  const target = await middleOf(network.nameOf('hidden 1'))
  await page.mouse.move(grip.x, grip.y)
  await page.mouse.down()
  await page.mouse.move(grip.x, target.y - 6, { steps: 6 })
  await expect(mark).toBeVisible()
  expect(await others(), 'rows that are not dragged').toEqual(places)
  const line = await middleOf(mark)
  expect(Math.abs(line.y - (places[0]?.y ?? 0)), 'the mark is above hidden 1').toBeLessThan(2)

  await page.keyboard.press('Escape')
  await expect(mark).toHaveCount(0)
  await page.mouse.up()
  expect(await network.widths()).toEqual([24, 12, 6, 4])

  await page.mouse.move(grip.x, grip.y)
  await page.mouse.down()
  await page.mouse.move(grip.x, target.y - 6, { steps: 6 })
  await page.mouse.up()
  await expect(network.news).toHaveText('hidden 3 moved to place 1 of 3')
  expect(await network.widths()).toEqual([6, 24, 12, 4])
  await expect(network.nameOf('hidden 1')).toBeFocused()
  await expect.poll(() => site.widths(), patience).toEqual([6, 24, 12, 4])
})

test('Alt and an arrow move the row that has the focus, which goes along, and each move is told', async ({
  site,
  page,
}) => {
  await site.open(smallNetwork)
  await site.measuredRows()
  const network = networkOf(site)
  await network.units('hidden 3').focus()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(network.news).toHaveText('hidden 3 moved to place 2 of 3')
  await expect(network.units('hidden 2')).toBeFocused()
  await expect(network.units('hidden 2')).toHaveValue('6')
  await page.keyboard.press('Alt+ArrowUp')
  await expect(network.news).toHaveText('hidden 2 moved to place 1 of 3')
  await expect(network.units('hidden 1')).toBeFocused()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(network.news).toHaveText('hidden 1 is the first layer already')
  expect(await network.widths()).toEqual([6, 24, 12, 4])
  await network.nameOf('hidden 3').focus()
  await page.keyboard.press('Alt+ArrowDown')
  await expect(network.news).toHaveText('hidden 3 is the last hidden layer already')
  await network.nameOf('output').focus()
  await page.keyboard.press('Alt+ArrowUp')
  expect(await network.widths(), 'the output stays last').toEqual([6, 24, 12, 4])
  await site.actOnLayer('hidden 1', 'Move down')
  await expect.poll(() => site.widths(), patience).toEqual([24, 6, 12, 4])
})

test('layers are duplicated and removed by keyboard, and the focus stays among them', async ({ site, page }) => {
  await site.open(smallNetwork)
  await site.measuredRows()
  const network = networkOf(site)
  await site.button('hidden 2: move, duplicate, remove').focus()
  await page.keyboard.press('Enter')
  await expect(site.button(/^Move up/)).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(network.news).toHaveText('hidden 2 duplicated, the copy is in place 3 of 4')
  await expect(network.nameOf('hidden 3')).toBeFocused()
  await expect.poll(() => site.widths(), patience).toEqual([24, 12, 12, 6, 4])

  await site.actOnLayer('hidden 2', 'Remove')
  await expect(network.news).toHaveText('hidden 2 removed, 3 hidden layers are left')
  await expect(network.nameOf('hidden 2')).toBeFocused()
  await site.actOnLayer('hidden 3', 'Remove')
  await expect(network.nameOf('hidden 2')).toBeFocused()
  await site.actOnLayer('hidden 2', 'Remove')
  await site.actOnLayer('hidden 1', 'Remove')
  await expect(network.news).toHaveText('hidden 1 removed, 0 hidden layers are left')
  await expect(site.button('Add a layer')).toBeFocused()
  await expect.poll(() => site.widths(), patience).toEqual([4])
})

test('the palette offers layers that fit, with an activation function, by keyboard', async ({ site, page }) => {
  await site.open(smallNetwork)
  await site.measuredRows()
  const network = networkOf(site)
  const palette = page.getByRole('dialog', { name: 'Add a layer' })
  await site.button('Add a layer').focus()
  await page.keyboard.press('Enter')
  await expect(palette.getByRole('button', { name: /^Dense 6 As wide/ })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(palette).toBeHidden()
  await expect(site.button('Add a layer')).toBeFocused()

  await page.keyboard.press('Enter')
  await palette.getByRole('combobox', { name: /^Activation/ }).selectOption('Tanh')
  await palette.getByRole('button', { name: /^Dense 6 As wide/ }).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(palette.getByRole('button', { name: /^Dense 12 Twice/ })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(palette).toBeHidden()
  await expect(network.news).toHaveText('hidden 4 added, 12 units')
  await expect(page.getByRole('combobox', { name: 'hidden 4, activation function' })).toHaveValue('tanh')
  await expect.poll(() => site.widths(), patience).toEqual([24, 12, 6, 12, 4])
})

test('a network broken by editing lets the run go on and is mended by one click on its row', async ({ site, page }) => {
  await site.open(smallNetwork)
  await site.reach(3)
  const network = networkOf(site)
  await site.setNumber('output, units', 12)
  const row = network.row('output')
  await expect(row.getByText('The output layer has 12 units; 4 classes with cross-entropy need 4.')).toBeVisible()
  await site.reach((await site.step()) + 3)
  await row.getByRole('button', { name: 'Make it 4 units' }).click()
  await expect(network.units('output')).toBeFocused()
  await expect(network.units('output')).toHaveValue('4')
  await expect(page.getByRole('alert').filter({ hasText: 'This cannot be run' })).toHaveCount(0)
  await expect(row.getByRole('button', { name: /^Make it/ })).toHaveCount(0)
  expect((await site.widths()).at(-1)).toBe(4)

  await page.getByRole('combobox', { name: 'Data source' }).selectOption('Hills')
  await expect.poll(() => site.widths(), patience).toEqual([24, 12, 6, 1])
  await site.unfold('Loss, start, schedule, penalties')
  const loss = page.getByRole('combobox', { name: 'Loss', exact: true })
  await loss.selectOption('Cross-entropy')
  await expect(loss).toHaveAttribute('aria-invalid', 'true')
  await site.button('Use mean squared error').click()
  await expect(loss).toBeFocused()
  await expect(loss).toHaveValue('meanSquaredError')
  await expect(page.getByRole('alert').filter({ hasText: 'This cannot be run' })).toHaveCount(0)
})

test.describe('with a finger, in the drawer of a phone', () => {
  test.use({ hasTouch: true, viewport: phone })

  test('rows and handles are dragged, and the sheet does not scroll away below', async ({ site, page }) => {
    await site.open(smallNetwork)
    await site.measuredRows()
    await site.button('Set up').click()
    const network = networkOf(site)
    await network.units('output').scrollIntoViewIfNeeded()
    const touch = await page.context().newCDPSession(page)
    const drag = async (from: { x: number; y: number }, to: { x: number; y: number }) => {
      await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [from] })
      for (let part = 1; part <= 6; part++) {
        const point = { x: from.x + ((to.x - from.x) * part) / 6, y: from.y + ((to.y - from.y) * part) / 6 }
        await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [point] })
      }
      await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    }

    const grip = await middleOf(network.grip('hidden 3'))
    await drag(grip, { x: grip.x, y: (await middleOf(network.nameOf('hidden 2'))).y })
    await expect(network.news).toHaveText('hidden 3 moved to place 2 of 3')
    expect(await network.widths()).toEqual([24, 6, 12, 4])

    const handle = await middleOf(network.handle('hidden 3'))
    await drag(handle, { x: handle.x - 40, y: handle.y + 4 })
    await expect.poll(async () => (await network.widths())[2]).toBeLessThan(12)
  })
})

test('the builder shows no barrier to axe with everything open, in every theme and size', async ({
  site,
  page,
}, info) => {
  test.setTimeout(240_000)
  await site.open(smallNetwork)
  await site.measuredRows()
  await site.pause()
  await site.setNumber('output, units', 12)
  for (const size of [desktop, phone]) {
    await page.setViewportSize(size)
    if (size === phone) await site.button('Set up').click()
    await networkOf(site).nameOf('hidden 1').click()
    for (const scheme of ['light', 'dark'] as const) {
      const name = `${size.width}x${size.height} ${scheme}`
      await page.emulateMedia({ colorScheme: scheme })
      await site.button('Make it 4 units').scrollIntoViewIfNeeded()
      await page.screenshot({ path: info.outputPath(`fault ${name}.png`), animations: 'disabled' })
      expect(await findBarriers(page), `fault, ${name}`).toEqual([])
      for (const opener of ['Add a layer', 'hidden 2: move, duplicate, remove']) {
        await site.button(opener).click()
        await page.screenshot({ path: info.outputPath(`${opener.split(':')[0]} ${name}.png`), animations: 'disabled' })
        expect(await findBarriers(page), `${opener}, ${name}`).toEqual([])
        await page.keyboard.press('Escape')
      }
    }
  }
})
