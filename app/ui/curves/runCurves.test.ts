import { describe, expect, it } from 'vitest'
import { testRun } from '../../runs/runTesting'
import { comparedPart, furthestColumns, lastStep, readCurve, runCurves } from './runCurves'

const run = testRun({
  step: 60,
  heldOut: [
    [0, 0.5, 0.7],
    [50, 0.9, 0.2],
  ],
  losses: Array.from({ length: 60 }, () => 0.5),
})
const late = testRun({ step: 10, losses: [1, 1] })

describe('the curves of a run', () => {
  it('are its training values, their average, and its held-out values', () => {
    const curve = runCurves({ letter: 'A', run }, 'loss', 0.9)
    expect([curve.raw.length, curve.heldOut.length, curve.reached]).toEqual([60, 2, 60])
    expect(curve.training.values[59]).toBeCloseTo(0.5, 12)
    expect(lastStep(curve)).toBe(60)
  })

  it('have no accuracy where values are predicted', () => {
    const { started } = run
    const regression = {
      ...run,
      started: { ...started, data: { ...started.data, task: { kind: 'regression', outputs: 1 } as const } },
    }
    const curve = runCurves({ letter: 'A', run: regression }, 'accuracy', 0)
    expect([curve.raw.length, curve.heldOut.length, lastStep(curve)]).toEqual([0, 0, 0])
  })

  it('have nothing to read at steps the run has not reached', () => {
    const { heldOut, reached } = runCurves({ letter: 'A', run }, 'accuracy', 0)
    expect(readCurve(heldOut, reached, 55)).toBe(0.9)
    expect(readCurve(heldOut, reached, 61)).toBeNaN()
    expect(readCurve(heldOut, reached, undefined)).toBe(0.9)
  })

  it('are compared by held-out values, and by training where nothing is held out', () => {
    const curves = runCurves({ letter: 'A', run: late }, 'loss', 0)
    expect(comparedPart([curves])).toBe('training')
    expect(comparedPart([curves, runCurves({ letter: 'B', run }, 'loss', 0)])).toBe('heldOut')
  })

  it('can be pinned at the columns of the run that is furthest', () => {
    const columns = furthestColumns([
      { letter: 'A', run: late },
      { letter: 'B', run },
    ])
    expect(columns.map(({ step }) => step)).toEqual([0, 50])
    expect(furthestColumns([])).toEqual([])
  })
})
