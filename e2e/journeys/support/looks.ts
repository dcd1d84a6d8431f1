import type { Page, TestInfo } from 'playwright/test'

const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const

/** Pictures of the page as it is, at both sizes and in both themes; then it is as before. */
export async function shootEveryLook(page: Page, info: TestInfo, name: string): Promise<void> {
  const before = page.viewportSize()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const [size, viewport] of Object.entries(sizes)) {
      await page.setViewportSize(viewport)
      // Two frames: charts are laid out anew in the first.
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
      const path = info.outputPath(`${name} ${size} ${colorScheme}.png`)
      await page.screenshot({ path, fullPage: size === 'phone', animations: 'disabled' })
    }
  }
  await page.emulateMedia({ colorScheme: null })
  if (before) await page.setViewportSize(before)
}
