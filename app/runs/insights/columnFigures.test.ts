import { describe, expect, test } from 'vitest'
import { findInsights } from '../insights'
import { learning, syntheticRun } from '../testing/syntheticRun'
import type { RunEvidence } from './evidence'

describe('looking again', () => {
  /** The run with columns that count how often one of their spectra is read. */
  function counted(evidence: RunEvidence) {
    const count = { reads: 0 }
    const columns = evidence.columns.map((column) => ({
      ...column,
      spectra: column.spectra.map(({ eigenvalues, ...rest }) => ({
        ...rest,
        get eigenvalues() {
          count.reads++
          return eigenvalues
        },
      })),
    }))
    return { count, evidence: { ...evidence, columns } }
  }

  // The loss rises in the end, so that effective ranks are compared as well.
  const rising = {
    document: { data: { kind: 'digits' }, layers: [{ units: 128 }, { units: 64 }, {}] } as const,
    loss: (step: number) => (step < 700 ? learning(step) : 0.6),
  }

  test('at a run reads no spectrum, and only the new ones once there are more columns', () => {
    const { count, evidence } = counted(syntheticRun(rising))
    const { columns } = evidence
    findInsights({ ...evidence, columns: columns.slice(0, -1) })
    const firstLook = count.reads
    findInsights({ ...evidence, columns: columns.slice(0, -1) })
    expect(count.reads).toBe(firstLook)
    findInsights(evidence)
    expect(count.reads - firstLook).toBeLessThanOrEqual(firstLook / (columns.length - 1))
  })

  test('with another δ counts directions without reading a spectrum', () => {
    const { count, evidence } = counted(syntheticRun(rising))
    findInsights(evidence)
    const firstLook = count.reads
    const { spec } = evidence
    findInsights({ ...evidence, spec: { ...spec, monitor: { ...spec.monitor, threshold: 0.95 } } })
    expect(count.reads).toBe(firstLook)
  })
})
