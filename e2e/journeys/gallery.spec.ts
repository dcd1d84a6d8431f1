import { presets } from '../../app/experiment/presetList'
import { presetSpec, presetSpecs } from '../../app/experiment/presets'
import { describeArchitecture } from '../../app/experiment/architecture'
import { dataShape } from '../../app/experiment/dataShape'
import type { Preset } from '../../app/experiment/preset'
import { findBarriers } from './support/axe'
import { expect, test } from './support/journey'
import { readCanvas } from './support/pixels'
import { patience, type Saturascope } from './support/saturascope'

const desktop = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }
const looks = [desktop, phone].flatMap((size) => (['light', 'dark'] as const).map((scheme) => ({ size, scheme })))

/** Of the user's own, quick on any machine, and not at its end meanwhile. */
const own = { data: { kind: 'moons', samples: 200 }, layers: [{ units: 8 }, {}], training: { steps: 100_000 } } as const

const galleryCode = /\/assets\/Gallery-[^/]*\.js$/

test.use({ viewport: desktop })

test('the gallery is fetched when it is opened and shows every preset with the picture of its run', async ({
  site,
  page,
}) => {
  const fetched: string[] = []
  page.on('request', (request) => fetched.push(request.url()))
  await site.open(own, 'reference')
  await site.measuredRows()
  await site.pause()
  expect(fetched.filter((url) => galleryCode.test(url))).toEqual([])

  await site.openGallery()
  expect(fetched.filter((url) => galleryCode.test(url))).toHaveLength(1)
  await expect(site.gallery.getByRole('listitem')).toHaveCount(presets.length)
  for (const preset of presets) {
    const card = site.gallery
      .getByRole('listitem')
      .filter({ has: page.getByRole('button', { name: preset.title, exact: true }) })
    await expect(card).toContainText(preset.description)
    await expect(card).toContainText(preset.lookAt)
    const rows = card.locator('canvas')
    await expect(rows).toHaveCount(rowsOf(preset))
    expect((await readCanvas(rows.first())).coloured, preset.title).toBe(1)
  }
})

/** Of the pictures on a preset's card: one for every layer that is measured. */
function rowsOf(preset: Preset): number {
  return presetSpecs(preset).flatMap((spec) => describeArchitecture(spec, dataShape(spec.data)!).measured).length
}

test('in every theme and size the gallery fits and shows no barrier to axe', async ({ site, page }, info) => {
  test.setTimeout(240_000)
  await site.open(presetSpec(presets[0]), 'reference')
  await site.measuredRows()
  await site.pause()
  await site.openGallery()
  for (const { size, scheme } of looks) {
    await page.setViewportSize(size)
    await page.emulateMedia({ colorScheme: scheme })
    const name = `${size.width}x${size.height} ${scheme}`
    for (const end of ['Home', 'End']) {
      await page.keyboard.press(end)
      await page.screenshot({ path: info.outputPath(`${name} ${end}.png`), animations: 'disabled' })
    }
    expect(await findBarriers(page), name).toEqual([])
    expect(await sidewaysOverflow(site), name).toBeLessThanOrEqual(0)
    const box = await site.gallery.boundingBox()
    if (size === phone) expect(box).toEqual({ x: 0, y: 0, ...phone })
    else expect(box?.height).toBeLessThan(size.height)
  }
})

/** CSS pixels by which the gallery's content is wider than the gallery. */
function sidewaysOverflow(site: Saturascope): Promise<number> {
  return site.gallery.evaluate((sheet) => sheet.scrollWidth - sheet.clientWidth)
}

test('by keyboard a card is found, left alone, and chosen', async ({ site, page }) => {
  const [first, second] = presets
  await site.open(own)
  await site.reach(1)
  await site.experiment.focus()
  await page.keyboard.press('Enter')
  // Nothing of the user's own is among the presets: the first card has the focus and none is marked.
  await expect(site.card(first.title)).toBeFocused()
  await expect(site.gallery.locator('[aria-current="true"]')).toHaveCount(0)
  await page.keyboard.press('ArrowDown')
  await expect(site.card('A known dimension')).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowRight')
  await expect(site.card(second!.title)).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(site.card('A known dimension')).toBeFocused()
  await page.keyboard.press('End')
  await expect(site.card('Hills and hollows')).toBeFocused()

  const before = await site.step()
  await page.keyboard.press('Escape')
  await expect(site.gallery).toBeHidden()
  await expect(site.experiment).toBeFocused()
  await site.reach(before + 1)
  expect(await site.widths(), 'the run goes on untouched').toEqual([8, 2])

  await page.keyboard.press('Enter')
  await expect(site.card(first.title)).toBeFocused()
  await page.keyboard.press('End')
  await expect(site.card('Hills and hollows')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(site.gallery).toBeHidden()
  await expect(site.experiment).toBeFocused()
  await expect(site.experiment).toHaveAccessibleName('Experiment: Hills and hollows')
  await expect.poll(() => site.widths(), patience).toEqual([32, 32, 1])

  await page.keyboard.press('Enter')
  await expect(site.card('Hills and hollows')).toBeFocused()
  await expect(site.card('Hills and hollows')).toHaveAttribute('aria-current', 'true')
})

test('an edited preset is called edited, and choosing it again takes the edits back', async ({ site }) => {
  const circle = presets.find(({ id }) => id === 'circle')!
  await site.open(presetSpec(circle))
  await expect.poll(() => site.widths(), patience).toEqual([8, 8, 2])
  await site.setNumber('hidden 2, units', 12)
  await expect(site.experiment).toHaveAccessibleName(/^Experiment: Circle.* edited$/)
  await expect.poll(() => site.widths(), patience).toEqual([8, 12, 2])

  await site.openGallery()
  await expect(site.gallery.getByText('on screen, edited')).toBeVisible()
  await site.card('Circle').click()
  await expect(site.experiment).toHaveAccessibleName('Experiment: Circle')
  await expect.poll(() => site.widths(), patience).toEqual([8, 8, 2])
})

test('a preset of two opens side by side from step 0, says where it is from, and the next one takes the place of both', async ({
  site,
  page,
}) => {
  test.setTimeout(180_000)
  const race = presets.find(({ id }) => id === 'image-classes')!
  const runs = page.getByRole('region', { name: 'Side by side' }).getByRole('radio')
  await site.open(own)
  await site.reach(1)
  await site.openGallery()
  const card = site.gallery
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: race.title, exact: true }) })
  await expect(card).toContainText(race.measured!)
  await expect(card).toContainText(
    /A 8×8×1 → conv 16 → pool .*B classes 10, output: 10 units · \d+\s% held-out accuracy/,
  )
  await expect(card.getByRole('link')).toHaveAttribute('href', /^https:\/\/arxiv\.org\//)
  await site.card(race.title).click()
  await expect(runs).toHaveCount(2)
  await expect(runs.nth(0)).toHaveAccessibleName('Run A, baseline')
  await expect(runs.nth(0)).toBeChecked()
  await expect(runs.nth(1)).toHaveAccessibleName('Run B, classes 10, output: 10 units')
  await expect(site.experiment).toHaveAccessibleName(`Experiment: ${race.title}`)
  await expect(page.getByText(race.lookAt)).toBeVisible()
  await expect.poll(() => site.widths(), patience).toEqual([16, 32, 32, 2])

  await site.choosePreset('Circle')
  await expect(runs).toHaveCount(0)
  await expect.poll(() => site.widths(), patience).toEqual([8, 8, 2])
  await site.button('Undo').click()
  await expect(runs).toHaveCount(2)
})

test.describe('without a connection', () => {
  test.use({ expectedComplaints: [/^(request failed: .*Gallery-|console error: Failed to load resource)/] })

  test('the gallery says that it could not be loaded, and comes when it can', async ({ site, page }) => {
    await site.open(own, 'reference')
    await site.measuredRows()
    await page.route(galleryCode, (route) => route.abort())
    await site.experiment.click()
    await expect(site.gallery.getByRole('alert')).toContainText('could not be loaded')
    await page.unroute(galleryCode)
    await site.gallery.getByRole('button', { name: 'Try again' }).click()
    await expect(site.card(presets[0].title)).toBeFocused()
  })
})
