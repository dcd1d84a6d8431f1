import { expect, test as base, type Page } from 'playwright/test'
import { Saturascope } from './saturascope'

interface JourneyFixtures {
  site: Saturascope
  /** What the browser must complain about, each at least once, because the journey provokes it. */
  expectedComplaints: RegExp[]
}

/** A test whose page must stay silent: any warning, error, failed request or policy violation fails it. */
export const test = base.extend<JourneyFixtures>({
  expectedComplaints: [[], { option: true }],
  page: async ({ page, expectedComplaints }, provide) => {
    const complaints: string[] = []
    listen(page, complaints)
    await provide(page)
    const unexpected = complaints.filter((complaint) => !expectedComplaints.some((pattern) => pattern.test(complaint)))
    expect(unexpected, 'what the browser complained about').toEqual([])
    const missing = expectedComplaints.filter((pattern) => !complaints.some((complaint) => pattern.test(complaint)))
    expect(missing, 'what the browser should have complained about').toEqual([])
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
