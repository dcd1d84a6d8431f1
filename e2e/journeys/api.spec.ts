import type * as api from '../../app/api'
import { expect, test } from './support/journey'

test.use({ expectedComplaints: [/^console debug: \[vite\] connect/] })

// The whole of api.ts has its own tests; here it is loaded as a script or a notebook would, from the dev server.
test.beforeEach(async ({ page }, { config }) => {
  await page.goto(new URL('e2e/journeys/support/blank.html', String(config.metadata['devAddress'])).href)
})

/** Handed to the page, where nothing is bundled: the address is data. */
const entry = '/app/api.ts'
type Api = typeof api

test('activations on a plane in eight dimensions have an intrinsic dimension of two', async ({ page }) => {
  const spectrum = await page.evaluate(async (address) => {
    const { analyzeActivations } = (await import(address)) as Api
    const shape = { samples: 400, features: 8 }
    const activations = Float32Array.from({ length: shape.samples * shape.features }, (_, index) => {
      const [sample, feature] = [Math.floor(index / shape.features), index % shape.features]
      return Math.sin(sample) * (feature + 1) + Math.cos(2 * sample) * (feature % 2) * 5
    })
    return analyzeActivations(activations, shape)
  }, entry)
  expect(spectrum).toMatchObject({ intrinsicDimension: 2, saturation: 0.25, state: 'ok', samples: 400 })
})

test('a symmetric matrix gets its eigenvalues in descending order', async ({ page }) => {
  const eigenvalues = await page.evaluate(async (address) => {
    const { symmetricEigenvalues } = (await import(address)) as Api
    const [result] = await symmetricEigenvalues([{ values: new Float32Array([2, 1, 0, 1, 2, 0, 0, 0, -5]), order: 3 }])
    return [...(result?.eigenvalues ?? [])]
  }, entry)
  expect(eigenvalues).toHaveLength(3)
  ;[3, 1, -5].forEach((expected, index) => expect(eigenvalues[index]).toBeCloseTo(expected, 5))
})

test('the same seed gives the same bits, whatever the cadence', async ({ page }) => {
  const runs = await page.evaluate(async (address) => {
    const { train } = (await import(address)) as Api
    const run = async (cadence: 'auto' | number) => {
      const spec = {
        seed: 5,
        data: { kind: 'subspace', samples: 300, dimensions: 8, rank: 4 },
        layers: [{ units: 12, dropout: 0.2 }, { units: 8 }, {}],
        monitor: { cadence },
      } as const
      let columns = 0
      let last: Record<string, readonly number[]> = {}
      for await (const sample of train(spec, { steps: 30 })) {
        columns++
        if (!('parameters' in sample)) continue
        const weights = Object.entries(sample.parameters()).map(([name, { values }]) => [name, [...values]] as const)
        const spectra = sample.layers.map(({ name, spectrum }) => [`λ ${name}`, [...spectrum.eigenvalues]] as const)
        last = Object.fromEntries([...weights, ...spectra])
      }
      return { columns, last }
    }
    return [await run(3), await run(7), await run('auto')]
  }, entry)
  const [often, seldom, auto] = runs
  expect(often?.columns).toBe(11)
  expect(seldom?.columns).toBe(6)
  expect(Object.keys(often?.last ?? {})).toHaveLength(9)
  expect(seldom?.last).toEqual(often?.last)
  expect(auto?.last).toEqual(often?.last)
})
