import type { Page } from 'playwright/test'

/** What the Tab key reaches. */
export interface TabTour {
  /** Names of the controls in the order they were reached. */
  readonly reached: readonly string[]
  /** Names of visible controls that Tab never reached. */
  readonly missed: readonly string[]
  /** Names of controls that look the same with and without the focus. */
  readonly unmarked: readonly string[]
}

const mostStops = 150
/** Room around a control for its focus ring, CSS pixels. */
const ringRoom = 6

/** Presses Tab from the top of the page until it comes round, and looks at every stop with and without the focus. */
export async function tourByTab(page: Page): Promise<TabTour> {
  await page.evaluate(startTour)
  const reached: string[] = []
  const unmarked: string[] = []
  while (reached.length < mostStops) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(describeStop, ringRoom)
    if (!stop) break
    reached.push(stop.name)
    const focused = await page.screenshot({ clip: stop.area })
    // The starting point of the next Tab stays where the focus was.
    await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
    if (focused.equals(await page.screenshot({ clip: stop.area }))) unmarked.push(stop.name)
  }
  return { reached, unmarked, missed: await page.evaluate(findMissed) }
}

declare global {
  interface Window {
    tour: { readonly visited: Set<Element>; readonly nameOf: (element: Element) => string }
  }
}

/** Runs in the page. */
function startTour(): void {
  const nameOf = (element: Element) => {
    const label = element.getAttribute('aria-label') ?? element.closest('label')?.textContent ?? element.textContent
    return `${element.getAttribute('role') ?? element.localName} “${label.trim()}”`
  }
  window.tour = { visited: new Set(), nameOf }
}

/** Runs in the page: undefined once the focus left the page or came round. */
function describeStop(room: number) {
  const element = document.activeElement
  const { visited, nameOf } = window.tour
  if (!element || element === document.body || visited.has(element)) return undefined
  visited.add(element)
  const { left, top, right, bottom } = element.getBoundingClientRect()
  const x = Math.max(0, left - room)
  const y = Math.max(0, top - room)
  const width = Math.min(innerWidth, right + room) - x
  const height = Math.min(innerHeight, bottom + room) - y
  return { name: nameOf(element), area: { x, y, width, height } }
}

/** Runs in the page. */
function findMissed(): string[] {
  const { visited, nameOf } = window.tour
  const selector = 'a[href], button, input, select, summary, textarea, [tabindex="0"]'
  // Arrows walk the cells of a grid and the buttons of a radio group; Tab stops at one of them.
  const walked = 'input[type="radio"]:not(:checked), [role="grid"] [tabindex="-1"]'
  return [...document.querySelectorAll<HTMLElement>(selector)]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.matches(':disabled'))
    .filter((element) => !element.matches(walked) && !visited.has(element))
    .map((element) => nameOf(element))
}
