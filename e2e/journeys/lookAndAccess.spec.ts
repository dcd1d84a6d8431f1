import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defaultPreset, presetSpec } from '../../app/experiment/presets'
import { findBarriers } from './support/axe'
import { dropFiles } from './support/files'
import { expect, test } from './support/journey'
import { patience, type Saturascope } from './support/saturascope'
import { tourByTab } from './support/tabStops'

const desktop = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }
const looks = [desktop, phone].flatMap((size) => (['light', 'dark'] as const).map((scheme) => ({ size, scheme })))

/** The README's picture, made anew on request: a run that fills the heatmap well takes longer than a test should. */
const picture = fileURLToPath(new URL('../screenshots/saturascope.png', import.meta.url))
const takesPicture = process.env['SATURASCOPE_SCREENSHOT'] === '1'

/** The first thing anybody sees, in fewer steps. */
const usual = presetSpec(defaultPreset)
const short = { ...usual, training: { ...usual.training, steps: takesPicture ? 600 : 150 } }

test.use({ viewport: desktop })

test('in every theme and size the page shows no barrier to axe and never scrolls sideways', async ({
  site,
  page,
}, info) => {
  test.setTimeout(300_000)
  await site.open(short)
  await site.measuredRows()
  // At a watching pace the run is measured more often.
  if (!takesPicture) await site.setPace('max')
  await expect(site.button(/^Continue \+/)).toBeVisible({ timeout: 200_000 })

  for (const { size, scheme } of looks) {
    await page.setViewportSize(size)
    await page.emulateMedia({ colorScheme: scheme })
    await expect(site.heatmap).toBeVisible()
    const name = `${size.width}x${size.height} ${scheme}`
    await page.screenshot({ path: info.outputPath(`${name}.png`), animations: 'disabled' })
    expect(await findBarriers(page), name).toEqual([])
    expect(await sidewaysOverflow(site), `${name}: pixels beyond the right edge`).toBeLessThanOrEqual(0)
    if (takesPicture && size === desktop && scheme === 'light') {
      mkdirSync(dirname(picture), { recursive: true })
      await page.screenshot({ path: picture })
    }
  }
})

test('a theme that was chosen is there again at the next visit', async ({ site, page }) => {
  await site.open(short)
  // Leaving while a worker's script is still on its way would be told on the console.
  await site.measuredRows()
  await site.button(/^Theme: as the system/).click()
  await site.button(/^Theme: light/).click()
  await page.reload()
  await expect(site.button(/^Theme: dark/)).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await site.measuredRows()
})

test('the drawer of a phone has everything of the workbench and no barrier', async ({ site, page }, info) => {
  await page.setViewportSize(phone)
  await site.open(short)
  await site.measuredRows()
  await site.pause()
  // Below the fold and not drawn live, but not empty either when somebody scrolls to it.
  await expect(site.curves.locator('canvas').first()).toBeAttached()
  await site.button('Set up').click()
  const drawer = page.getByRole('dialog', { name: 'Network and settings' })
  for (const name of ['Data', 'Network', 'Learning', 'Measuring']) {
    await expect(drawer.getByRole('region', { name })).toBeAttached()
  }
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    await page.screenshot({ path: info.outputPath(`drawer ${scheme}.png`), animations: 'disabled' })
    expect(await findBarriers(page), scheme).toEqual([])
  }
  expect(await sidewaysOverflow(site)).toBeLessThanOrEqual(0)
  await drawer.getByRole('button', { name: 'Close' }).click()
  await expect(drawer).toBeHidden()

  const table = info.outputPath('table.csv')
  writeFileSync(table, 'height,width,kind\n1,2,cat\n3,4,dog\n2,1,cat\n4,3,dog\n5,1,cat\n')
  await dropFiles(page, [table])
  await expect(drawer.getByRole('button', { name: 'Train on this' })).toBeVisible()
})

test('on a desktop Tab reaches every control and shows where it is', async ({ site }) => {
  await expectTabEverywhere(site, desktop)
})

test('on a phone Tab reaches every control and shows where it is', async ({ site }) => {
  await expectTabEverywhere(site, phone)
})

async function expectTabEverywhere(site: Saturascope, size: typeof desktop): Promise<void> {
  const { page } = site
  // Two pictures at each of some eighty stops.
  test.setTimeout(300_000)
  await page.setViewportSize(size)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await site.open(short)
  await site.measuredRows()
  await site.pause()
  await page.mouse.click(size.width / 2, 2)
  const { reached, missed, unmarked } = await tourByTab(page)
  expect(missed, 'controls that Tab does not reach').toEqual([])
  expect(unmarked, 'controls whose focus cannot be seen').toEqual([])
  expect(reached.length).toBeGreaterThan(20)
}

test('nothing moves while numbers change', async ({ site, page }) => {
  // Long enough not to end meanwhile: the end brings a button of its own.
  await site.open({ ...usual, training: { ...usual.training, steps: 20_000 } })
  await site.measuredRows()
  // Their code is fetched behind the page.
  await expect(page.getByRole('region', { name: /^(Insights|Depth|Confusion|Try it)$/ })).toHaveCount(4, patience)
  await site.setPace('max')
  await site.reach(5)
  const places = await measurePlaces(site)
  expect(places.length).toBeGreaterThan(30)
  for (const step of [15, 45, 105]) {
    await site.reach(step)
    const later = await measurePlaces(site)
    expect(later).toHaveLength(places.length)
    const moved = later.map((length, index) => Math.abs(length - (places[index] ?? Infinity)))
    // Layout counts in 64ths of a pixel; nobody sees a tenth.
    expect(Math.max(...moved), 'pixels').toBeLessThan(0.1)
  }
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test('with reduced motion nothing is animated', async ({ site, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await site.open(short)
  await site.measuredRows()
  const longest = await page.evaluate(() => {
    const seconds = (text: string) =>
      text.split(',').map((part) => parseFloat(part) * (part.includes('ms') ? 0.001 : 1))
    return Math.max(
      ...[...document.querySelectorAll('*')].flatMap((element) => {
        const { transitionDuration, animationDuration } = getComputedStyle(element)
        return [...seconds(transitionDuration), ...seconds(animationDuration)]
      }),
    )
  })
  expect(longest, 'seconds').toBeLessThanOrEqual(0.001)
})

/** CSS pixels by which the page is wider than the window. */
function sidewaysOverflow(site: Saturascope): Promise<number> {
  return site.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
}

/** Left, top, width and height of the panels, their charts and the controls, one after another. */
async function measurePlaces({ page, run, heatmap }: Saturascope): Promise<number[]> {
  const places = [
    page.getByRole('region'),
    page.getByRole('figure'),
    heatmap,
    run.getByRole('button'),
    run.getByRole('progressbar'),
    page.getByRole('spinbutton'),
  ]
  const elements = (await Promise.all(places.map((place) => place.all()))).flat()
  const boxes = await Promise.all(elements.map((element) => element.boundingBox()))
  return boxes.flatMap((box) => (box ? [box.x, box.y, box.width, box.height] : []))
}
