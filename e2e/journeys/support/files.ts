import type { Page } from 'playwright/test'

/** Drags files from the desktop onto the middle of the page and lets go, as a hand would: `paths` in this order. */
export async function dropFiles(page: Page, paths: readonly string[], whileAbove?: () => Promise<void>): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const { width, height } = page.viewportSize() ?? { width: 800, height: 600 }
  const drag = (type: 'dragEnter' | 'dragOver' | 'drop') =>
    session.send('Input.dispatchDragEvent', {
      type,
      x: width / 2,
      y: height / 2,
      data: { items: [], files: [...paths], dragOperationsMask: 1 },
    })
  await drag('dragEnter')
  await drag('dragOver')
  await whileAbove?.()
  await drag('drop')
  await session.detach()
}
