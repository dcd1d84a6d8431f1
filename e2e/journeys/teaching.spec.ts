import type { FrameLocator, Page } from 'playwright/test'
import { writeLink } from '../../app/experiment/link'
import { writeRaceLink } from '../../app/experiment/raceLink'
import { parseSpecOrThrow } from '../../app/experiment/schema'
import { findBarriers } from './support/axe'
import { expect, test } from './support/journey'
import { patience } from './support/saturascope'

const desktop = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }

/** Little enough to be measured at once. */
const lesson = parseSpecOrThrow({
  name: 'A lesson',
  data: { kind: 'spirals', samples: 200 },
  layers: [{ units: 12, activation: 'tanh' }, { units: 5, activation: 'tanh' }, {}],
  training: { batchSize: 16, steps: 50_000 },
  monitor: { samples: 100 },
})
const link = writeLink(lesson)

test('in a frame of another page a shared experiment shows its heatmap and play bar, and leads to the whole', async ({
  page,
}, info) => {
  await page.setViewportSize({ width: 1000, height: 700 })
  await page.route('**/lesson.html', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><title>Lesson</title><h1>Lesson</h1>
        <iframe src="./?embed${link.replaceAll('&', '&amp;')}" title="Saturascope" width="900" height="480"></iframe>`,
    }),
  )
  await page.goto('./lesson.html')
  const frame = page.frameLocator('iframe')
  await expect(frame.getByRole('region', { name: 'Saturation' }).getByText(/of 12/)).toBeVisible(patience)
  await page.screenshot({ path: info.outputPath('frame.png'), animations: 'disabled' })
  await expect(frame.getByRole('button', { name: 'Pause' })).toBeVisible()
  await expect(frame.getByRole('banner')).toHaveCount(0)
  await expect(frame.getByRole('complementary')).toHaveCount(0)
  await expect(frame.getByRole('region', { name: 'Spectrum' })).toHaveCount(0)
  expect(await overflow(frame), 'pixels that do not fit the frame').toEqual({ across: 0, down: 0 })

  const opened = page.waitForEvent('popup')
  await frame.getByRole('link', { name: 'Open in Saturascope' }).click()
  const whole = await opened
  expect(new URL(whole.url()).search).toBe('')
  expect(new URL(whole.url()).hash).toBe(link)
  await expect(whole.getByRole('spinbutton', { name: 'hidden 2, units' })).toHaveValue('5')
  await whole.close()
})

test('a narrow frame has all of it, too', async ({ page, site }) => {
  await page.setViewportSize({ width: 390, height: 480 })
  await page.goto(`./?embed${link}`)
  await site.measuredRows()
  await site.pause()
  await expect(page.getByRole('link', { name: 'Open in Saturascope' })).toBeInViewport()
  expect(await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)).toBe(0)
  expect(await findBarriers(page)).toEqual([])
})

test('what the address hides is not there, and a name it does not know is told', async ({ page, site }, info) => {
  await page.setViewportSize(desktop)
  await page.goto(`./?hide=network,data,learning,measuring,spectrum,curves,presets,share,legend,netwrok${link}`)
  await site.measuredRows()
  await site.pause()
  await expect(page.getByRole('complementary')).toHaveCount(0)
  await expect(site.spectrum).toHaveCount(0)
  await expect(site.curves).toHaveCount(0)
  await expect(site.button(/^Experiment:/)).toHaveCount(0)
  await expect(site.button(/^Copy a link/)).toHaveCount(0)
  await expect(page.getByRole('radiogroup', { name: 'Colour spacing' })).toHaveCount(0)
  await expect(site.surface).toBeVisible()
  const notice = page.getByRole('alert')
  await expect(notice).toContainText('nothing called “netwrok” to hide. What can be hidden: presets,')
  await page.screenshot({ path: info.outputPath('hidden.png'), animations: 'disabled' })
  expect(await findBarriers(page)).toEqual([])
  await notice.getByRole('button', { name: 'Dismiss' }).click()
  await expect(notice).toHaveCount(0)
})

test('runs, insights and comparison can be left out, and then no key adds a run', async ({ page, site }) => {
  await page.setViewportSize(desktop)
  await page.goto(`./?hide=runs,insights,comparison${writeRaceLink([lesson, { ...lesson, name: 'Another' }])}`)
  await expect(page.getByRole('figure', { name: 'Saturation of run B' })).toBeVisible(patience)
  await expect(page.getByRole('region', { name: 'Side by side' })).toHaveCount(0)
  await expect(page.getByRole('region', { name: 'Insights' })).toHaveCount(0)
  await expect(page.getByRole('region', { name: 'Comparison' })).toHaveCount(0)
  await page.keyboard.press('a')
  await page.keyboard.press('f')
  await site.pause()
  await expect(page.getByRole('figure', { name: /^Saturation of run/ })).toHaveCount(2)
})

test('runs side by side in a frame lead to all of them on the whole page', async ({ page, site }) => {
  await page.setViewportSize({ width: 900, height: 480 })
  const race = writeRaceLink([lesson, { ...lesson, name: 'Another' }])
  await page.goto(`./?embed${race}`)
  await expect(page.getByRole('figure', { name: 'Saturation of run B' })).toBeVisible(patience)
  await site.pause()
  const href = await page.getByRole('link', { name: 'Open in Saturascope' }).getAttribute('href')
  expect(new URL(href ?? '').hash).toBe(race)
})

test('one section of the workbench can be left out of it', async ({ page, site }) => {
  await page.setViewportSize(desktop)
  await page.goto(`./?hide=learning,pace${link}`)
  await site.measuredRows()
  await expect(page.getByRole('region', { name: 'Learning' })).toHaveCount(0)
  await expect(page.getByRole('region', { name: 'Network' })).toBeVisible()
  await expect(page.getByRole('radiogroup', { name: 'Pace' })).toHaveCount(0)
})

test('large type is a third larger and everything still has its place', async ({ page, site }, info) => {
  await page.setViewportSize(desktop)
  await page.goto(`./${link}`)
  await site.measuredRows()
  const usual = await typeSizes(page)
  await page.goto(`./?large${link}`)
  await site.measuredRows()
  await site.pause()
  const large = await typeSizes(page)
  for (const [what, size] of Object.entries(large)) {
    expect(size / (usual[what] ?? NaN), what).toBeGreaterThan(1.2)
    expect(size / (usual[what] ?? NaN), what).toBeLessThan(1.45)
  }
  for (const size of [desktop, { width: 1024, height: 768 }, phone]) {
    await page.setViewportSize(size)
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme })
      const name = `${size.width}x${size.height} ${scheme}`
      await expect(site.heatmap).toBeVisible()
      await page.screenshot({ path: info.outputPath(`${name}.png`), animations: 'disabled' })
      expect(await controlsBeyondTheEdge(page), name).toEqual([])
      expect(await findBarriers(page), name).toEqual([])
    }
  }
})

test('the tab shows how far the run is, at most once a second', async ({ page, site }) => {
  await page.goto(`./?engine=reference${link}`)
  await site.setPace('max')
  await site.measuredRows()
  await page.evaluate(() => {
    const title = document.querySelector('title')
    if (!title) throw new Error('the document has no title')
    window.titles = []
    new MutationObserver(() => window.titles.push({ at: performance.now(), title: document.title })).observe(title, {
      childList: true,
    })
  })
  await expect.poll(() => page.evaluate(() => window.titles.length), patience).toBeGreaterThan(4)
  const titles = await page.evaluate(() => window.titles)
  for (const { title } of titles) expect(title).toMatch(/^▶ [\d,]+\/50,000 · Saturascope$/)
  const between = titles.slice(1).map(({ at }, index) => at - (titles[index]?.at ?? NaN))
  expect(Math.min(...between), 'milliseconds').toBeGreaterThan(900)
  await site.pause()
  await expect(page).toHaveTitle(/^⏸ [\d,]+\/50,000 · Saturascope$/)
})

declare global {
  interface Window {
    titles: { readonly at: number; readonly title: string }[]
  }
}

/** Pixels of a framed document that do not fit its frame. */
function overflow(frame: FrameLocator): Promise<{ across: number; down: number }> {
  return frame.locator('html').evaluate(({ scrollWidth, scrollHeight }) => ({
    across: Math.max(0, scrollWidth - window.innerWidth),
    down: Math.max(0, scrollHeight - window.innerHeight),
  }))
}

/** Type sizes of what differs in how it gets its size, CSS pixels. */
function typeSizes(page: Page): Promise<Record<string, number>> {
  return page.evaluate(() => {
    const sizeOf = (selector: string) => {
      const element = document.querySelector(selector)
      return element ? Number.parseFloat(getComputedStyle(element).fontSize) : NaN
    }
    return {
      text: sizeOf('body'),
      heading: sizeOf('h1'),
      field: sizeOf('select'),
      'axis of a chart': sizeOf('figure svg text'),
      'rows of the heatmap': sizeOf('main li'),
    }
  })
}

/** Controls and readings that stand out to the right of the window. */
function controlsBeyondTheEdge(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('button, a, select, input, dd, dt, h1, h2, [role="radiogroup"]')]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .filter((element) => element.getBoundingClientRect().right > window.innerWidth + 0.5)
      .map((element) => element.getAttribute('aria-label') ?? element.textContent),
  )
}
