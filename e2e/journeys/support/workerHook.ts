import type { Page } from 'playwright/test'

/**
 * Runs `script` at the head of the training worker, where no init script of the browser driver reaches. Part of the
 * worker's own file, so the page's content security policy has nothing against it.
 */
export async function runInTrainingWorker(page: Page, script: string): Promise<void> {
  await page.route(/\/training\.worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: `${script};\n${await response.text()}` })
  })
}
