import { writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { writeIdx } from '../tools/idxFiles'
import { launchOptions, softwareWebgpuFlags } from '../tools/chromium.mjs'
import { dropFiles } from './support/files'
import { expect, test } from './support/journey'
import { patience, type Saturascope } from './support/saturascope'

// After a crash of its GPU process Chromium otherwise keeps WebGPU from the page for a while.
test.use({
  launchOptions: launchOptions([
    ...softwareWebgpuFlags,
    '--disable-gpu-process-crash-limit',
    '--disable-domain-blocking-for-3d-apis',
  ]),
})

/** Quick to train on any machine. */
const small = {
  data: { kind: 'subspace', samples: 400, dimensions: 8, rank: 4 },
  layers: [{ units: 12 }, { units: 8 }, {}],
} as const

test('a learning rate that explodes is named with step and layer, and half of it runs again', async ({ site }) => {
  await site.open({
    ...small,
    loss: { kind: 'meanSquaredError' },
    optimizer: { kind: 'sgd', learningRate: 6 },
  })
  await site.setPace('max')
  const fault = site.page.getByRole('alert').filter({ hasText: /gave NaN or infinity/ })
  await expect(fault).toHaveText(
    /Step [\d,]+ gave NaN or infinity, first in (hidden \d|output|loss|gradient of .+)\./,
    patience,
  )
  await expect(fault).toContainText('the last finite ones')
  const refused = Number(/Step ([\d,]+)/.exec((await fault.textContent()) ?? '')?.[1]?.replaceAll(',', ''))
  expect(await site.step()).toBe(refused - 1)
  await expect(site.button('Play')).toBeDisabled()

  await fault.getByRole('button', { name: 'Halve the learning rate and rerun' }).click()
  await expect(site.page.getByRole('spinbutton', { name: 'Learning rate' })).toHaveValue('3')
  await expect(fault).toHaveCount(0, patience)
  await site.reach(refused + 20)
  await expect(fault).toHaveCount(0)
})

test('a lost GPU is told, and one click trains again', async ({ site, browser }) => {
  await site.open(small)
  await site.reach(5)
  const session = await browser.newBrowserCDPSession()
  // The answer never comes: the process that should give it is gone.
  session.send('Browser.crashGpuProcess').catch(() => {})
  const fault = site.page.getByRole('alert').filter({ hasText: 'The GPU went away.' })
  await expect(fault).toBeVisible(patience)
  await expect(site.button('Pause')).toHaveCount(0)
  await fault.getByRole('button', { name: 'Restart on a fresh device' }).click()
  await expect(fault).toHaveCount(0, patience)
  await site.measuredRows()
  const restarted = await site.step()
  await site.reach(restarted + 5)
  await session.detach()
})

test.describe('a bad file is refused by name and place while the experiment goes on', () => {
  const truncated = gzipSync(
    writeIdx(
      [50, 4, 4],
      new Uint8Array(800).map((_, index) => (index * 7) % 251),
    ),
  )
  const faults: readonly { readonly name: string; readonly contents: Uint8Array | string; readonly says: RegExp }[] = [
    {
      name: 'lying-images-idx3-ubyte',
      contents: writeIdx([50, 4, 4], new Uint8Array(700)),
      says: /lying-images-idx3-ubyte.*(816|800).*(716|700)/s,
    },
    {
      name: 'cut-images-idx3-ubyte.gz',
      contents: truncated.subarray(0, 200),
      says: /cut-images-idx3-ubyte\.gz.*byte/s,
    },
    {
      name: 'table.csv',
      contents: 'width,height,kind\n1.5,2,cat\n2.5,tall,dog\n1,3,cat\n',
      says: /table\.csv.*(row|line) 3.*(height|tall)/s,
    },
  ]
  for (const { name, contents, says } of faults) {
    test(name, async ({ site }, info) => {
      await site.open(small)
      await site.reach(3)
      const before = await site.step()
      const path = info.outputPath(name)
      writeFileSync(path, contents)
      await dropFiles(site.page, [path])
      const refusal = site.page.getByRole('alert').filter({ hasText: name })
      await expect(refusal).toHaveText(says)
      await expect(site.page.getByText('The experiment goes on untouched.')).toBeVisible()
      await site.reach(before + 10)
      await site.button('Dismiss').click()
      await expect(refusal).toHaveCount(0)
    })
  }
})

test('an edit that cannot run is explained on its row while the run goes on', async ({ site }) => {
  await site.open(small)
  const rows = await site.measuredRows()
  const units = site.page.getByRole('spinbutton', { name: 'hidden 1, units' })
  await units.fill('0')
  await units.press('Enter')
  await expect(units).toHaveAttribute('aria-invalid', 'true')
  await expect(units).toHaveAccessibleDescription(/1/)
  const step = await site.step()
  await site.reach(step + 10)
  expect((await site.rows()).map(({ width }) => width)).toEqual(rows.map(({ width }) => width))
  await units.fill('12')
  await units.press('Enter')
  await expect(units).toHaveAttribute('aria-invalid', 'false')
  expect(await site.step(), 'the run was not restarted').toBeGreaterThan(step)
})

test('an output layer that does not fit the data is explained, too', async ({ site }) => {
  await site.open(small)
  await site.measuredRows()
  await site.setNumber('output, units', 7)
  const refusal = site.page.getByRole('alert').filter({ hasText: 'This cannot be run.' })
  await expect(refusal).toContainText('The run before it stays on screen.')
  const step = await site.step()
  await site.reach(step + 10)
  await site.setNumber('output, units', 4)
  await expect(refusal).toHaveCount(0)
  expect(await site.step()).toBeGreaterThan(step)
})

test('a damaged link opens the usual experiment and says so', async ({ site, page }) => {
  await page.goto('./#1-1n8hq2&data.kind=spirals&layers=32-tanh,32-tanh,2')
  const notice = page.getByRole('alert').filter({ hasText: /link.*damaged/i })
  await expect(notice).toBeVisible()
  expect((await site.measuredRows()).map(({ width }) => width)).toEqual([80, 40, 80, 80, 10])
  await notice.getByRole('button', { name: 'Dismiss' }).click()
  await expect(notice).toHaveCount(0)
})

test.describe('a chart that breaks', () => {
  // React tells developers of an error that a boundary caught.
  test.use({ expectedComplaints: [/^console error: Error: the canvas is broken/] })

  test('says so in its panel while training and the others go on', async ({ site, page }) => {
    await page.addInitScript(breakRectanglesOnDemand)
    await site.open(small)
    await site.measuredRows()
    await page.evaluate(() => (document.documentElement.dataset['broken'] = 'yes'))
    const fault = page.getByRole('alert').filter({ hasText: 'The saturation chart failed' })
    await expect(fault).toContainText('the canvas is broken', patience)
    await expect(fault).toContainText('Training goes on.')
    await expect(site.curves).toBeVisible()
    await expectSteps(site, 10)

    await page.evaluate(() => (document.documentElement.dataset['broken'] = 'no'))
    await fault.getByRole('button', { name: 'Try again' }).click()
    await expect(fault).toHaveCount(0)
    await expect(site.heatmap).toBeVisible()
    await expectSteps(site, 5)
  })
})

/** Runs in the page. The heatmap paints with rectangles, the loss curves with lines. */
function breakRectanglesOnDemand(): void {
  const { prototype } = CanvasRenderingContext2D
  const original = Object.getOwnPropertyDescriptor(prototype, 'fillRect')?.value as (...area: number[]) => void
  prototype.fillRect = function breakable(...area: number[]) {
    if (document.documentElement.dataset['broken'] === 'yes') throw new Error('the canvas is broken')
    original.apply(this, area)
  }
}

async function expectSteps(site: Saturascope, more: number): Promise<void> {
  await site.reach((await site.step()) + more)
}
