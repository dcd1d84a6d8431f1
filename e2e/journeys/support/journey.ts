import { expect, test as base, type Page } from 'playwright/test'
import { Saturascope } from './saturascope'

/** A test whose page must stay silent: any warning, error, failed request or policy violation fails it. */
export const test = base.extend<{ site: Saturascope }>({
  page: async ({ page }, provide) => {
    const complaints: string[] = []
    listen(page, complaints)
    await provide(page)
    expect(complaints, 'what the browser complained about').toEqual([])
  },
  site: async ({ page }, provide) => {
    await provide(new Saturascope(page))
  },
})

export { expect }

/** Console messages of the page and its workers, uncaught errors, requests that failed. */
function listen(page: Page, complaints: string[]): void {
  // Policy violations and answers such as 404 come as console errors.
  page.on('console', (message) => {
    complaints.push(`console ${message.type()}: ${message.text()} (${message.location().url})`)
  })
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`))
  page.on('requestfailed', (request) => {
    complaints.push(`request failed: ${request.url()} (${request.failure()?.errorText ?? 'no reason given'})`)
  })
  page.on('crash', () => complaints.push('the page crashed'))
}
