import type { Page } from 'playwright/test'
import { writeLink } from '../../app/experiment/link'
import { defaultPreset, presetSpec } from '../../app/experiment/presets'
import { findBarriers } from './support/axe'
import { expect, test } from './support/journey'
import { patience } from './support/saturascope'

const desktop = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }

/** A run that does not end meanwhile, in the address behind “#”. */
const usual = presetSpec(defaultPreset)
const long = { ...usual, training: { ...usual.training, steps: 20_000 } }
const link = writeLink(long)

test('the Method page opens over the run, which goes on, and Back leads out of it', async ({ site, page }) => {
  await page.setViewportSize(desktop)
  await site.open(long)
  await site.measuredRows()
  const started = await page.evaluate(() => performance.timeOrigin)

  const way = page.getByRole('link', { name: 'Method', exact: true })
  await way.click()
  const method = page.getByRole('dialog', { name: 'Method' })
  await expect(method.getByRole('heading', { name: 'Differences from Delve' })).toBeVisible(patience)
  expect(new URL(page.url()).search).toBe('?method')
  expect(new URL(page.url()).hash).toBe(link)

  // The title tells that the run goes on behind it; keys do not reach it.
  const step = await titledStep(page)
  await page.keyboard.press('Space')
  await page.keyboard.press('r')
  await expect.poll(() => titledStep(page), patience).toBeGreaterThan(step)
  await expect(page).toHaveTitle(/^▶/)

  // From section to section Back still leads out.
  await method.getByRole('navigation', { name: 'Contents' }).getByRole('link', { name: 'Limits' }).click()
  expect(new URL(page.url()).search).toBe('?method=limits')
  await expect(method.getByRole('heading', { name: 'Limits' })).toBeInViewport()
  await page.goBack()
  await expect(method).toHaveCount(0)
  expect(page.url()).toMatch(new RegExp(`/${escapePattern(link)}$`))
  await expect(way).toBeFocused()
  await page.goForward()
  await expect(method).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(method).toHaveCount(0)
  await expect.poll(() => new URL(page.url()).search).toBe('')
  expect(await page.evaluate(() => performance.timeOrigin), 'the page was never loaded anew').toBe(started)
})

test('a link to a section opens there, and closing it leaves the rest of the address', async ({ page, site }) => {
  await page.goto(`./?hide=data&method=errors${link}`)
  const method = page.getByRole('dialog', { name: 'Method' })
  await expect(method.getByRole('heading', { name: 'Measured errors' })).toBeInViewport(patience)
  await expect(method.getByRole('heading', { name: 'Method' })).not.toBeInViewport()
  await method.getByRole('button', { name: 'Back to the experiment' }).click()
  await expect(method).toHaveCount(0)
  expect(page.url()).toMatch(new RegExp(`/\\?hide=data${escapePattern(link)}$`))
  await site.measuredRows()
})

test('the help leads to the Method page, on a phone, too', async ({ page, site }) => {
  await page.setViewportSize(phone)
  await site.open(long)
  await site.measuredRows()
  await site.button('Help').click()
  await page.getByRole('link', { name: /^How it is measured/ }).click()
  await expect(page.getByRole('dialog', { name: 'Method' })).toBeVisible()
  await expect(page.getByRole('dialog', { name: 'Help' })).toBeHidden()
})

test('the Method page shows no barrier to axe in any theme and size, and never scrolls sideways', async ({
  page,
  site,
}, info) => {
  await site.open(long)
  await site.measuredRows()
  await site.pause()
  await page.goto('./?method')
  const method = page.getByRole('dialog', { name: 'Method' })
  await expect(method.getByRole('heading', { name: 'References' })).toBeAttached(patience)
  for (const size of [desktop, phone]) {
    for (const scheme of ['light', 'dark'] as const) {
      await page.setViewportSize(size)
      await page.emulateMedia({ colorScheme: scheme })
      const name = `${size.width}x${size.height} ${scheme}`
      await page.screenshot({ path: info.outputPath(`${name}.png`), animations: 'disabled' })
      expect(await findBarriers(page), name).toEqual([])
      expect(await method.evaluate((element) => element.scrollWidth - element.clientWidth), name).toBe(0)
    }
  }
})

test('printed, the Method page is all of its text and nothing else', async ({ page, site }) => {
  await page.goto('./?method')
  await expect(page.getByRole('heading', { name: 'References' })).toBeAttached(patience)
  await site.measuredRows()
  const printed = (await page.pdf({ format: 'A4' })).toString('latin1')
  const pages = printed.match(/\/Type\s*\/Page\b/g) ?? []
  expect(pages.length).toBeGreaterThan(8)
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('heading', { name: 'Definitions' })).toBeVisible()
  await expect(site.run).toBeHidden()
  // Paper is white, whatever theme was chosen.
  await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'dark'))
  await expect(page.getByRole('heading', { name: 'Definitions' })).toHaveCSS('color', 'rgb(22, 25, 29)')
})

/** The step that the tab shows: the page behind a modal dialog is not to be found by its roles. */
async function titledStep(page: Page): Promise<number> {
  return Number(/([\d,]+)\//.exec(await page.title())?.[1]?.replaceAll(',', ''))
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
