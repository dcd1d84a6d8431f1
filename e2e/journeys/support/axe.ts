import axe from 'axe-core'
import type { Page } from 'playwright/test'

/** Findings of axe that keep people out, as “color-contrast (serious): 2 × #a, #b”. */
export async function findBarriers(page: Page): Promise<string[]> {
  // Injected by the browser driver, which the page's content security policy does not bind.
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() => window.axe.run(document))
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, nodes }) => `${id} (${impact}): ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}

declare global {
  interface Window {
    readonly axe: typeof axe
  }
}
