import { analyzeActivations, symmetricEigenvalues } from '../api'
import { correlatedActivations } from '../spectral/testing/activations'
import { withEigenvalues } from '../spectral/testing/matrices'
import { collect, flatParameters, numbersOf } from './runs'

/** What every function of the API gives for some fixed requests; the same on every thread of a browser. */
export async function everyCall() {
  const [samples, features] = [300, 20]
  const activations = correlatedActivations(samples, features, 30, 4)
  const spectrum = await analyzeActivations(
    activations,
    { samples, features },
    { solver: 'jacobi', eigenvectors: true },
  )
  // Large enough for the float64 solver's own worker.
  const large = withEigenvalues(
    '',
    Float32Array.from({ length: 120 }, (_, index) => 1 / (1 + index)),
    3,
  )
  const solved = await symmetricEigenvalues([large], { solver: 'reference' })
  const document = { data: { kind: 'moons', samples: 90 }, monitor: { cadence: 10 } } as const
  const run = await collect(document, { steps: 25 })
  return { spectrum, solved, numbers: numbersOf(run.samples), weights: flatParameters(run.last) }
}
