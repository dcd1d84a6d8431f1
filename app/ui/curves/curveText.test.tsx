import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { testRun } from '../../runs/runTesting'
import { formatMeasure } from '../charts/numbers'
import type { Plot } from '../charts/plot'
import { CurveCaption } from './CurveCaption'
import { curveTable } from './curveTable'
import { EndLabels } from './EndLabels'
import { runCurves } from './runCurves'
import { summariseCurves } from './summariseCurves'

const run = (step: number, loss: number) =>
  testRun({
    step,
    heldOut: [
      [0, 0.5, 0.7],
      [step, 0.9, loss],
    ],
    losses: [0.5],
  })
const runs = [
  { letter: 'A', run: run(500, 0.2) },
  { letter: 'B', run: run(100, 0.21) },
] as const
const curves = runs.map((entry) => runCurves(entry, 'loss', 0))
const [alone] = curves

const plot: Plot = {
  left: 0,
  top: 0,
  width: 1000,
  height: 100,
  x: (step) => step,
  y: (value) => 100 - 100 * value,
  xAt: (pixel) => pixel,
  yAt: (pixel) => pixel,
}

describe('what a plot of several runs says', () => {
  it('is all their values at the crosshair, “–” where one has none yet', () => {
    const html = renderToStaticMarkup(
      <CurveCaption name="loss" curves={curves} format={formatMeasure} shownStep={300} withKey />,
    )
    expect(html.replaceAll(/<[^>]*>/g, '')).toBe('loss at step 300: A 0.700 (0.500) · B – (–)')
  })

  it('is what strong and faint lines mean while no step is looked at', () => {
    const text = (several: typeof curves) =>
      renderToStaticMarkup(
        <CurveCaption name="loss" curves={several} format={formatMeasure} shownStep={undefined} withKey />,
      ).replaceAll(/<[^>]*>/g, '')
    expect(text(curves)).toContain('held-out training')
    expect(text(alone ? [alone] : []).trim()).toBe('loss')
  })

  it('is a letter at the end of every line, none over another, and where a run is that is behind', () => {
    const html = renderToStaticMarkup(
      <EndLabels plot={plot} curves={curves} format={formatMeasure} plannedSteps={1000} />,
    )
    const places = [...html.matchAll(/translate\((\d+)px, ([\d.]+)px\)/g)].map((match) => match.slice(1).map(Number))
    expect(places.map(([x]) => x)).toEqual([506, 106])
    expect(Math.abs(places[0]![1]! - places[1]![1]!)).toBeGreaterThanOrEqual(14)
    expect(html.replaceAll(/<[^>]*>/g, '')).toBe('A 0.200B 0.210 at step 100')
  })

  it('is for one run the names of its two lines', () => {
    const html = renderToStaticMarkup(
      <EndLabels plot={plot} curves={alone ? [alone] : []} format={formatMeasure} plannedSteps={1000} />,
    )
    expect(html.replaceAll(/<[^>]*>/g, '')).toMatch(/^training 0\.500.*held-out 0\.200/)
  })
})

describe('the curves as text', () => {
  it('are a row for every measured step', () => {
    const table = curveTable(curves, runs[0].run.history.columns, formatMeasure)
    expect(table).toEqual({
      columns: ['step', 'A training', 'A held-out', 'B training', 'B held-out'],
      rows: [
        ['0', '–', '0.700', '–', '0.700'],
        ['500', '0.500', '0.200', '–', '–'],
      ],
    })
  })

  it('are a sentence for every run', () => {
    expect(summariseCurves(runs)).toBe(
      'Run A, step 500: training loss 0.500, held-out loss 0.200, held-out accuracy 90.0\u202f%. ' +
        'Run B, step 100: training loss 0.500, held-out loss 0.210, held-out accuracy 90.0\u202f%.',
    )
    expect(summariseCurves([])).toBe('Nothing trained yet.')
  })
})
