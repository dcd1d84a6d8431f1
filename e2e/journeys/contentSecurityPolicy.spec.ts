import { expect, test } from './support/journey'

// Each refusal is told twice: which directive it violates, and that the request was refused.
test.use({ expectedComplaints: [/violates the (following|document's) Content Security Policy/] })

test('neither the page nor its worker can reach another host, and training goes on', async ({ site, page }, info) => {
  const { devAddress } = info.config.metadata as { readonly devAddress: string }
  await site.open()
  await site.measuredRows()
  const [worker] = page.workers()
  if (!worker) throw new Error('the page has no worker')
  expect(worker.url()).toContain('training.worker')
  const contexts = {
    page: (address: string) => page.evaluate(reaches, address),
    worker: (address: string) => worker.evaluate(reaches, address),
  }
  for (const [name, ask] of Object.entries(contexts)) {
    expect(await ask(page.url()), `${name}, own host`).toBe(true)
    expect(await ask(devAddress), `${name}, another host`).toBe(false)
  }
  await site.reach((await site.step()) + 2)
})

/** Runs in the page or the worker. Without CORS only the policy stands between them and another host. */
async function reaches(address: string): Promise<boolean> {
  try {
    await fetch(address, { mode: 'no-cors' })
    return true
  } catch {
    return false
  }
}
