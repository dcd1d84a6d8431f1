import type { Page } from 'playwright/test'

/** A stretch of work the main thread does not leave: input waits for its end. */
export interface Task {
  /**
   * CPU time of the thread. On the wall a task of 20 ms has been seen to take 1,300, where software WebGPU and other
   * processes kept its thread waiting: that is the machine's, not the page's.
   */
  readonly cpuMillis: number
  readonly wallMillis: number
}

interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** Microseconds on the wall, and of the thread’s CPU; none where tracing began or ended within. */
  readonly dur?: number
  readonly tdur?: number
  readonly args: { readonly name?: string }
}

/** The tasks of the page's main thread while something happens, as the browser itself traces them. */
export async function traceTasks(page: Page, during: () => Promise<void>): Promise<readonly Task[]> {
  const browser = page.context().browser()
  if (!browser) throw new Error('the page has no browser that could trace it')
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline'] })
  await during()
  const { traceEvents } = JSON.parse(String(await browser.stopTracing())) as { readonly traceEvents: TraceEvent[] }
  const mainThreads = new Set(
    traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(threadOf),
  )
  return traceEvents
    .filter((event) => event.name === 'RunTask' && mainThreads.has(threadOf(event)))
    .flatMap(({ dur, tdur }) =>
      dur === undefined || tdur === undefined ? [] : [{ cpuMillis: tdur / 1000, wallMillis: dur / 1000 }],
    )
}

function threadOf({ pid, tid }: TraceEvent): string {
  return `${pid} ${tid}`
}
