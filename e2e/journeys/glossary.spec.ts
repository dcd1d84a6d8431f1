import { findBarriers } from './support/axe'
import { expect, test } from './support/journey'
import { patience } from './support/saturascope'

const phone = { width: 390, height: 844 }

test('words explain themselves with a sentence, a formula and a source, and give the focus back', async ({
  site,
  page,
}, info) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await site.open()
  await site.measuredRows()
  await site.pause()

  const word = site.spectrum.getByRole('button', { name: 'What is “effective rank”?' })
  await word.press('Enter')
  const explanation = page.getByRole('dialog', { name: 'What is “effective rank”?' })
  await expect(explanation.getByText(/How many equally strong directions/)).toBeVisible(patience)
  await expect(explanation.locator('math').first()).toBeVisible()
  await expect(explanation.getByText(/^O\. Roy, M\. Vetterli/)).toBeVisible()
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    await page.screenshot({ path: info.outputPath(`word ${scheme}.png`), animations: 'disabled' })
    expect(await findBarriers(page), scheme).toEqual([])
  }
  await page.keyboard.press('Escape')
  await expect(explanation).toHaveCount(0)
  await expect(word).toBeFocused()

  // A panel is called by its word alone, and a second click closes what the first opened.
  const heading = site.saturation.getByRole('button', { name: 'Saturation', exact: true })
  await heading.click()
  const saturation = page.getByRole('dialog', { name: 'What is “Saturation”?' })
  await expect(saturation.getByRole('link', { name: 'Spectral Analysis of Latent Representations' })).toBeVisible()
  await heading.click()
  await expect(saturation).toHaveCount(0)
})

test('a setting says what its number does, then what the idea is', async ({ site, page }) => {
  await site.open()
  await site.measuredRows()
  await site.button('What is “Learning rate”?').click()
  const explanation = page.getByRole('dialog', { name: 'What is “Learning rate”?' })
  await expect(explanation.getByText(/too large jumps about or diverges/)).toBeVisible()
  await expect(explanation.getByText(/the setting that matters most/)).toBeVisible(patience)

  // The label of a choice is about the option taken.
  await page.getByRole('combobox', { name: 'Optimizer' }).selectOption('SGD')
  await site.button('What is “Optimizer”?').click()
  await expect(page.getByRole('dialog', { name: 'What is “Optimizer”?' })).toContainText('Stochastic gradient descent')
})

test('in the drawer of a phone words can be asked, too, and what they say can be used', async ({
  site,
  page,
}, info) => {
  await page.setViewportSize(phone)
  await site.open()
  await site.measuredRows()
  await site.pause()
  await site.button('Set up').click()
  const drawer = page.getByRole('dialog', { name: 'Network and settings' })
  await drawer.getByRole('button', { name: 'What is “Optimizer”?' }).click()
  const source = page.getByRole('link', { name: 'Adam: A Method for Stochastic Optimization' })
  await expect(source).toBeVisible(patience)
  await page.screenshot({ path: info.outputPath('drawer.png'), animations: 'disabled' })
  expect(await findBarriers(page)).toEqual([])
  // Whether a click would reach it: nothing outside a modal dialog can be clicked.
  await source.click({ trial: true })
})

test.describe('offline', () => {
  test.use({ expectedComplaints: [/ERR_FAILED|Failed to fetch dynamically imported module/] })

  test('without the network a word says that its explanation is missing, and the page goes on', async ({
    site,
    page,
  }) => {
    await page.route('**/Definition-*.js', (route) => route.abort())
    await site.open()
    await site.measuredRows()
    const step = await site.step()
    await site.spectrum.getByRole('button', { name: 'What is “stable rank”?' }).click()
    await expect(page.getByRole('alert')).toContainText('The glossary failed', patience)
    await site.reach(step + 5)
  })
})
