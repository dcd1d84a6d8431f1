import { findBarriers } from './support/axe'
import { expect, test } from './support/journey'
import { shootEveryLook } from './support/looks'
import { middleOf, networkOf, smallNetwork } from './support/network'
import { patience, type Saturascope } from './support/saturascope'

/** Two wide layers behind a narrow one: soon a tail. */
const tailed = {
  data: { kind: 'digits', size: 8, samples: 800 },
  layers: [{ units: 32 }, { units: 12 }, { units: 32 }, { units: 32 }, {}],
  optimizer: { kind: 'adam', learningRate: 0.004 },
  training: { steps: 400 },
  monitor: { samples: 512 },
} as const

test.use({ viewport: { width: 1440, height: 900 } })

test('dragging the width of a layer starts B beside A, which catches up and races with it', async ({
  site,
  page,
}, info) => {
  test.setTimeout(240_000)
  await site.open(smallNetwork)
  await site.reach(60)
  const handle = networkOf(site).handle('hidden 1')
  const { x, y } = await middleOf(handle)
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x - 60, y, { steps: 4 })
  const width = Number(await handle.getAttribute('aria-valuenow'))
  await page.mouse.up()
  expect(width).toBeLessThan(24)

  const runB = page.getByRole('radio', { name: `Run B, hidden 1: ${width} units` })
  await expect(runB).toBeChecked(patience)
  await expect.poll(async () => (await site.widths())[0], patience).toBe(width)
  await expect(site.heatmapOf('A')).toContainText(/hidden 1: \d+ of 24/, patience)
  await expect(site.heatmapOf('B')).toContainText(new RegExp(`hidden 1: \\d+ of ${width}`), patience)
  const before = await site.step()
  await site.reach(before + 20)
  await site.pause()
  await shootEveryLook(page, info, 'race')
})

test('an insight says why, is tested beside the run and over seeds, and the verdict names what changed', async ({
  site,
  page,
}, info) => {
  test.setTimeout(400_000)
  await site.open(tailed)
  await expect(
    insights(site).getByText(/Hidden 3 and hidden 4 use .*: try without hidden 3 and hidden 4\./),
  ).toBeVisible({
    timeout: 120_000,
  })
  await insights(site).getByRole('button', { name: 'Why?' }).click()
  await expect(insights(site).getByText(/stays below half of the network’s peak saturation/)).toBeVisible()
  await expect(insights(site).getByRole('figure', { name: /half of the peak/ })).toBeVisible()
  const outline = site.saturation.getByRole('img', { name: /^Evidence: hidden 3, hidden 4, steps \d+ to \d+$/ })
  await expect(outline).toBeVisible()
  await outline.scrollIntoViewIfNeeded()
  await shootEveryLook(page, info, 'why')
  expect(await findBarriers(page)).toEqual([])
  await insights(site).getByRole('button', { name: 'Why?' }).click()
  await expect(outline).toBeHidden()

  await insights(site).getByRole('button', { name: 'Test it: run B without hidden 3 and hidden 4' }).click()
  await expect(page.getByRole('radio', { name: 'Run B, without hidden 3, hidden 4' })).toBeChecked(patience)
  await expect(insights(site).getByRole('progressbar')).toBeVisible(patience)
  const verdict =
    /^Test without hidden 3 and hidden 4\. (Better|Worse|No difference beyond chance): .* over 3 seeds\. \d+ % fewer parameters/
  await expect(insights(site).getByText(verdict)).toBeVisible({ timeout: 240_000 })
  await expect(insights(site).getByRole('row', { name: /^A 3 of 3 / })).toBeVisible()
  await shootEveryLook(page, info, 'verdict')
})

test('reordered, broken, repaired: undo goes back step by step to where it began, and redo forward', async ({
  site,
  page,
}) => {
  test.setTimeout(240_000)
  await site.open(smallNetwork)
  await site.measuredRows()
  const network = networkOf(site)
  const began = await network.widths()
  await network.nameOf('hidden 1').focus()
  await page.keyboard.press('Alt+ArrowDown')
  await expect.poll(() => network.widths()).toEqual([12, 24, 6, 4])
  await site.actOnLayer('hidden 3', 'Duplicate')
  await expect.poll(() => network.widths()).toEqual([12, 24, 6, 6, 4])
  await site.actOnLayer('hidden 1', 'Remove')
  await expect.poll(() => network.widths()).toEqual([24, 6, 6, 4])
  for (const [layer, units] of [
    ['hidden 1', 20],
    ['hidden 2', 7],
    ['hidden 3', 5],
    ['output', 3],
  ] as const) {
    await site.setNumber(`${layer}, units`, units)
  }
  await network.section.getByRole('button', { name: 'Make it 4 units' }).click()
  await expect.poll(() => network.widths()).toEqual([20, 7, 5, 4])
  await site.setNumber('Batch, samples', 50)
  await site.button('Add B').click()
  await page.getByRole('radio', { name: /^Run A, / }).check({ force: true })
  await site.button('Remove B').click()
  await expect(page.getByRole('heading', { name: 'Network', exact: true })).toBeVisible(patience)

  const undo = page.getByRole('button', { name: /^Undo/ })
  let undone = 0
  for (; undone < 20 && (await undo.isEnabled()); undone++) await undo.click()
  expect(undone).toBeGreaterThanOrEqual(10)
  expect(await network.widths()).toEqual(began)
  await expect(page.getByRole('spinbutton', { name: 'Batch, samples' })).not.toHaveValue('50')
  await expect.poll(() => site.widths(), patience).toEqual(began)
  const redo = page.getByRole('button', { name: /^Redo/ })
  for (let redone = 0; redone < undone; redone++) await redo.click()
  await expect(redo).toBeDisabled()
  expect(await network.widths()).toEqual([20, 7, 5, 4])
})

function insights({ page }: Saturascope) {
  return page.getByRole('region', { name: 'Insights' })
}
