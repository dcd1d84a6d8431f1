import { formatCount } from '../common/format'
import { RunStroke } from '../compare/RunStroke'
import { runLooks } from '../compare/runLook'
import type { Plot } from '../charts/plot'
import { typePixels } from '../theme/typeScale'
import styles from './curves.module.css'
import { valueAt } from './heldOutLine'
import { comparedPart, lastStep, type RunCurves } from './runCurves'
import type { Line } from './smoothing'
import { spreadLabels } from './spreadLabels'

interface EndLabelsProps {
  readonly plot: Plot
  readonly curves: readonly RunCurves[]
  readonly format: (value: number) => string
  readonly plannedSteps: number
}

/** A line that ends this share of the planned steps before the longest is another time's, and says so. */
const staleShare = 0.03
const labelHeight = () => typePixels(14)

/** Names and newest values beside the ends of the lines, so that no legend has to be matched by colour. */
export function EndLabels({ plot, curves, format, plannedSteps }: EndLabelsProps) {
  const [only] = curves
  const ends = only && curves.length === 1 ? endsOfOne(only) : endsOfRuns(curves)
  const newest = Math.max(0, ...ends.map(({ step }) => step))
  const isStale = (step: number) => newest - step > staleShare * plannedSteps
  const bottom = plot.top + plot.height
  const values = ends.map(({ line }) => valueAt(line, undefined))
  const wanted = values.map((value) =>
    Math.min(bottom, Math.max(plot.top, Number.isFinite(value) ? plot.y(value) : bottom)),
  )
  const height = labelHeight()
  const middles = spreadLabels(wanted, height, plot.top + height / 2, bottom - height / 2)
  return ends.map(({ key, name, step, staysAtEnd }, index) => {
    const end = Math.max(plot.x(staysAtEnd && isStale(step) ? step : newest), plot.left)
    return (
      <p
        key={key}
        className={styles['label']}
        style={{ transform: `translate(${end + 6}px, ${middles[index]! - height / 2}px)` }}
      >
        {name} <b>{format(values[index]!)}</b>
        {isStale(step) && ` at step ${formatCount(step)}`}
      </p>
    )
  })
}

/** Where a line ends and what is written there. */
interface End {
  readonly key: string
  readonly name: React.ReactNode
  readonly line: Line
  readonly step: number
  /** A run that is behind is named where it is; held-out values that are rarer than training's stand beside them. */
  readonly staysAtEnd: boolean
}

function endsOfOne({ letter, training, heldOut }: RunCurves): readonly End[] {
  const ends = [
    { key: 'training', line: training, dashed: false },
    { key: 'held-out', line: heldOut, dashed: true },
  ]
  return ends
    .filter(({ line }) => line.length > 0)
    .map(({ key, line, dashed }) => ({
      key,
      name: (
        <>
          <span
            className={styles['swatch']}
            data-dashed={dashed}
            style={{ color: `var(${runLooks[letter].colour})` }}
          />
          {key}
        </>
      ),
      line,
      step: line.steps[line.length - 1] ?? 0,
      staysAtEnd: false,
    }))
}

function endsOfRuns(curves: readonly RunCurves[]): readonly End[] {
  const part = comparedPart(curves)
  return curves
    .filter(({ [part]: line }) => line.length > 0)
    .map((curve) => ({
      key: curve.letter,
      name: (
        <>
          <RunStroke letter={curve.letter} />
          {curve.letter}
        </>
      ),
      line: curve[part],
      step: lastStep(curve),
      staysAtEnd: true,
    }))
}
