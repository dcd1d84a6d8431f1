import type { CDPSession, Page } from 'playwright/test'

export interface Cost {
  /** CPU time of the page's main thread in all its tasks, by the browser's own counter. */
  readonly taskMillis: number
  /** Changes of the step counter: live updates of the page. */
  readonly updates: number
}

/** Counts what the main thread spends and how often the page was updated, from now on. */
export async function meterCost(page: Page): Promise<() => Promise<Cost>> {
  const session = await page.context().newCDPSession(page)
  // Thread ticks are CPU time: other processes on the machine do not count.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const updates = await page.getByRole('progressbar', { name: 'Planned steps done' }).evaluateHandle((bar) => {
    const count = { updates: 0 }
    new MutationObserver(() => count.updates++).observe(bar, { attributes: true, attributeFilter: ['value'] })
    return count
  })
  return async () => ({
    taskMillis: 1000 * (await readMetric(session, 'TaskDuration')),
    updates: await updates.evaluate((count) => count.updates),
  })
}

async function readMetric(session: CDPSession, name: string): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  const metric = metrics.find((candidate) => candidate.name === name)
  if (!metric) throw new Error(`this browser counts no ${name}`)
  return metric.value
}
