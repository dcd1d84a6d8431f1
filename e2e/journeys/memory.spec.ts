import type { TestInfo } from 'playwright/test'
import { DecimatedColumns } from '../../app/runs/columnSeries'
import { expect, test } from './support/journey'
import { meterMemory, type MemoryUse } from './support/memory'
import { patience, type Saturascope } from './support/saturascope'

// A recording keeps notes of the page while its memory is counted.
test.use({ trace: 'off' })

/** A column at every step: what is kept once per column or frame shows soonest. */
const race = {
  data: { kind: 'subspace', samples: 400, dimensions: 8, rank: 4 },
  layers: [{ units: 8 }, { units: 8 }, {}],
  training: { batchSize: 8, steps: 1_000_000 },
  monitor: { samples: 128, cadence: 1 },
} as const

/**
 * By then what is bounded is full: columns were thinned to every second one twice, snapshots are as many as there may
 * be, and what the browser compiles of the page's code is compiled.
 */
const warmSteps = 2_048

/**
 * How much more may be held in the second half than in the first. A healthy page was measured at up to 0.9 MB in one
 * minute, as the browser goes on compiling, and 0.02 MB in ten; one that kept every frame at 12 MB in one.
 */
const limits: MemoryUse = {
  page: 3_000_000,
  training: 500_000,
  eigen: 100_000,
  gpuBuffers: 32_768,
  nodes: 25,
  listeners: 120,
}

interface Sample {
  /** Columns the page keeps of each run. */
  readonly columns: number
  readonly use: MemoryUse
}

test('memory stays flat over a minute of a race at full pace', async ({ site }, info) => {
  await expectFlatMemory(site, info, { minutes: 1, samples: 16 })
})

test('memory stays flat over ten minutes of a race at full pace @nightly', async ({ site }, info) => {
  await expectFlatMemory(site, info, { minutes: 10, samples: 60 })
})

async function expectFlatMemory(
  site: Saturascope,
  info: TestInfo,
  { minutes, samples }: { readonly minutes: number; readonly samples: number },
): Promise<void> {
  test.setTimeout((minutes + 5) * 60_000)
  const read = await meterMemory(site.page)
  await site.open(race)
  await site.measuredRows()
  await site.button('Add B').click()
  await expect(site.heatmapOf('B').getByText(/\d\s%/)).not.toHaveCount(0, patience)
  await site.setPace('max')
  await site.reach(warmSteps, 180_000)
  const taken: Sample[] = []
  while (taken.length < samples) {
    await site.page.waitForTimeout((minutes * 60_000) / samples)
    // At rest: whatever is made between collecting garbage and reading would count, the more the faster the machine.
    await site.pause()
    taken.push({ columns: keptColumns(await site.step()), use: await read() })
    await site.button('Play').click()
  }
  expectFlat(taken, info)
}

/** How many columns the page keeps of a run that has one at every step. */
function keptColumns(step: number): number {
  const series = new DecimatedColumns()
  const column = { step: 0, spectra: [], heldOutLoss: undefined, heldOutAccuracy: undefined }
  for (let received = 0; received <= step; received++) series.append([column])
  return series.columns.length
}

function expectFlat(samples: readonly Sample[], info: TestInfo): void {
  for (const what of Object.keys(limits) as (keyof MemoryUse)[]) {
    const values = samples.map(({ use }) => use[what])
    const growth = medianGrowth(samples, what)
    const description = `${growth} more in the second half; in turn ${values.join(', ')}`
    console.log(`${what}: ${description}`)
    info.annotations.push({ type: `memory, ${what}`, description })
    expect.soft(growth, what).toBeLessThan(limits[what])
  }
}

/**
 * The series of columns goes on filling and being thinned, between half and full. So every sample of the second half
 * is compared with the one of the first half that had most nearly as many columns.
 */
function medianGrowth(samples: readonly Sample[], what: keyof MemoryUse): number {
  const half = samples.length / 2
  const first = samples.slice(0, half)
  const growths = samples.slice(half).map(({ columns, use }) => {
    const distance = (sample: Sample): number => Math.abs(sample.columns - columns)
    const like = first.reduce((nearest, sample) => (distance(sample) < distance(nearest) ? sample : nearest))
    return use[what] - like.use[what]
  })
  return growths.toSorted((one, other) => one - other)[growths.length >> 1] ?? Number.NaN
}
