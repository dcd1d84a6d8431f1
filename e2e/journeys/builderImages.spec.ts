import type { ExperimentDocument } from '../../app/experiment/spec'
import { findBarriers } from './support/axe'
import { expect, test } from './support/journey'
import { networkOf } from './support/network'
import { patience } from './support/saturascope'

const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const

/** Small images and long training: what is tested here is there before the first step. */
function onDigits(size: number, layers: NonNullable<ExperimentDocument['layers']>): ExperimentDocument {
  return { data: { kind: 'digits', size, samples: 200 }, layers: [...layers, {}], training: { steps: 100_000 } }
}

const conv = (channels: number) => ({ kind: 'conv', channels }) as const
const block = { kind: 'residual', layers: [conv(4), conv(4)] } as const

test('layers for images are added by keyboard where they belong, with their shapes and receptive fields', async ({
  site,
  page,
}) => {
  await site.open(onDigits(14, [{ units: 12 }]))
  const network = networkOf(site)
  const palette = page.getByRole('dialog', { name: 'Add a layer' })
  await site.button('Add a layer').focus()
  await page.keyboard.press('Enter')
  await expect(palette.getByRole('radio', { name: 'Dense' })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(palette.getByRole('radio', { name: 'Convolution' })).toBeChecked()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(network.news).toHaveText('conv 1 added, 16 channels')
  await expect(network.row('conv 1')).toContainText('14×14×16 · receptive field 3×3')

  await site.addLayer('Convolution 32, 3×3, stride 2')
  await expect(network.row('conv 2')).toContainText('7×7×32 · receptive field 5×5')
  await site.button('Add a layer').click()
  await palette.getByRole('radio', { name: 'Pooling' }).check({ force: true })
  await palette.getByRole('button', { name: /^Max pooling 2×2 / }).click()
  await expect(network.news).toHaveText('max pool 1 added')
  await expect(network.row('max pool 1')).toContainText('3×3×32 · receptive field 7×7')
  const names = network.section.getByRole('listitem').locator('[data-name]')
  await expect(names).toHaveText(['conv 1', 'conv 2', 'max pool 1', 'hidden 1', 'output'])

  await network.nameOf('conv 1').click()
  const kernel = network.row('conv 1').getByRole('spinbutton', { name: 'Kernel' })
  await kernel.fill('5')
  await kernel.press('Enter')
  await expect(network.row('conv 2')).toContainText('receptive field 7×7')
  await expect(network.row('conv 1')).toContainText('416 parameters')
})

test('the border layer is marked before training, explains itself, and moves with the size of the images', async ({
  site,
  page,
}) => {
  await site.open(onDigits(8, [conv(4), conv(4), conv(4), conv(4), conv(4), conv(4)]))
  const network = networkOf(site)
  const mark = network.section.getByRole('button', { name: 'What is “predicted unproductive from here”?' })
  await expect(network.row('conv 5').getByText('predicted unproductive from here')).toBeVisible()
  await expect(mark).toHaveCount(1)
  await mark.click()
  await expect(page.getByRole('dialog').filter({ hasText: 'Border layer.' })).toContainText('Should You Go Deeper?')
  await page.keyboard.press('Escape')
  await site.unfold('Samples, noise, held-out share')
  await site.setNumber('Image size, pixels', 12)
  await expect(mark).toHaveCount(0)
})

test('a residual block opens into rows of its own, and says what goes past them', async ({ site, page }) => {
  await site.open(onDigits(8, [conv(4), block, { kind: 'globalAveragePool' }]))
  const network = networkOf(site)
  const inner = page.getByRole('list', { name: 'Layers of block 1' }).getByRole('listitem')
  await expect(network.row('block 1')).toContainText('2 layers + identity')
  await network.nameOf('block 1').focus()
  await page.keyboard.press('Enter')
  await expect(inner).toHaveCount(2)
  await expect(network.row('block 1')).toContainText('Past them: the input as it is')

  await site.button('Add a layer to block 1').click()
  await expect(network.news).toHaveText('block 1 conv 3 added, 4 channels')
  await site.setNumber('block 1 conv 3, channels', 8)
  await expect(network.row('block 1').first()).toContainText('projection, 8×8×4 → 8×8×8 · 40 parameters')
  await page.getByRole('spinbutton', { name: 'block 1 conv 3, channels' }).focus()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(network.news).toHaveText('block 1 conv 3 moved to place 2 of 3')
  await expect(page.getByRole('spinbutton', { name: 'block 1 conv 2, channels' })).toBeFocused()
  await site.actOnLayer('block 1 conv 2', 'Remove')
  await expect(network.news).toHaveText('block 1 conv 2 removed, 2 layers are left')
  await expect(network.nameOf('block 1 conv 2')).toBeFocused()
  await expect(network.row('block 1').first()).toContainText('Past them: the input as it is')
})

test('what does not fit is said on its row, opened if need be, and mended by a click', async ({ site, page }) => {
  await site.open(onDigits(8, [conv(4), { kind: 'maxPool' }, { kind: 'conv', channels: 4, kernel: 3 }, { units: 6 }]))
  const network = networkOf(site)
  await network.nameOf('conv 2').click()
  await page.getByRole('combobox', { name: 'Padding' }).selectOption('Valid')
  const kernel = network.row('conv 2').getByRole('spinbutton', { name: 'Kernel' })
  await kernel.fill('5')
  await kernel.press('Enter')
  await expect(network.row('conv 2')).toContainText('The kernel covers 5×5 positions and its input has 4×4.')
  await site.button('Use “same” padding').click()
  await expect(page.getByText('The kernel covers 5×5 positions')).toHaveCount(0)

  await site.actOnLayer('conv 2', 'Move down')
  await expect(network.row('conv 2')).toContainText('what comes in are 6 numbers without places')
  await site.button('Move it before hidden 1').click()
  await expect(network.row('conv 2')).toContainText('4×4×4')

  await page.getByRole('combobox', { name: 'Data source' }).selectOption('Spirals')
  await site.button('Remove all 3 layers for images').click()
  await expect.poll(() => network.widths(), patience).toEqual([6, 2])
  await site.button('Add a layer').click()
  await expect(page.getByRole('dialog', { name: 'Add a layer' }).getByRole('radio')).toHaveCount(0)
})

for (const [name, viewport] of Object.entries(sizes)) {
  test.describe(`on a ${name}`, () => {
    test.use({ viewport })
    test('networks on images have no barriers, light or dark, and nothing runs out of its column', async ({
      site,
      page,
    }) => {
      await site.open(
        onDigits(8, [conv(16), { kind: 'averagePool' }, block, { kind: 'transposedConv' }, { kind: 'conv' }]),
      )
      if (name === 'phone') await site.button('Set up').click()
      const network = networkOf(site)
      await network.nameOf('block 1').click()
      await network.nameOf('block 1 conv 1').click()
      for (const scheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: scheme })
        expect(await findBarriers(page), scheme).toEqual([])
      }
      const spill = await network.section.evaluate((section) => section.scrollWidth - section.clientWidth)
      expect(spill).toBeLessThanOrEqual(0)
    })
  })
}
