import { formatCount } from '../common/format'
import { Term } from '../common/Term'
import styles from './curves.module.css'
import { faintLine, strongLine } from './drawCurves'
import { comparedPart, readCurve, type Quantity, type RunCurves } from './runCurves'

interface CurveCaptionProps {
  readonly name: Quantity
  readonly curves: readonly RunCurves[]
  readonly format: (value: number) => string
  readonly shownStep: number | undefined
  /** Says which lines are held-out ones, where the dash means the run. */
  readonly withKey: boolean
}

/** What the plot shows; under the crosshair, the values there of all runs. */
export function CurveCaption({ name, curves, format, shownStep, withKey }: CurveCaptionProps) {
  const [only] = curves
  const isAlone = curves.length === 1
  if (shownStep === undefined) {
    return (
      <>
        <Term name={name} id={name} /> {withKey && !isAlone && <CurveKey part={comparedPart(curves)} />}
      </>
    )
  }
  return (
    <>
      <Term name={name} id={name} />{' '}
      <span className={styles['readout']}>
        {`at step ${formatCount(shownStep)}: `}
        {isAlone && only ? readOne(only, shownStep, format) : <Readings {...{ curves, shownStep, format }} />}
      </span>
    </>
  )
}

function readOne(curve: RunCurves, step: number, format: (value: number) => string): string {
  const parts = [
    { name: 'training', line: curve.training },
    { name: 'held-out', line: curve.heldOut },
  ]
  return parts
    .filter(({ line }) => line.length > 0)
    .map(({ name, line }) => `${name} ${format(readCurve(line, curve.reached, step))}`)
    .join(' · ')
}

type ReadingsProps = Pick<CurveCaptionProps, 'curves' | 'format'> & { readonly shownStep: number }

/** With more runs training values would not fit on the line. */
const mostWithTraining = 3

/** “A 0.218 (0.094) · B –”: what is compared, and the training value in brackets where there is room. */
function Readings({ curves, shownStep, format }: ReadingsProps) {
  const part = comparedPart(curves)
  const hasTraining = part === 'heldOut' && curves.length <= mostWithTraining
  return curves.map((curve, index) => (
    <span key={curve.letter}>
      {index > 0 && ' · '}
      {curve.letter} <b>{format(readCurve(curve[part], curve.reached, shownStep))}</b>
      {hasTraining && (
        <span className={styles['aside']}> ({format(readCurve(curve.training, curve.reached, shownStep))})</span>
      )}
    </span>
  ))
}

/** Strong lines are held-out values and faint ones training, where the dash tells the run. */
function CurveKey({ part }: { readonly part: 'heldOut' | 'training' }) {
  if (part === 'training') return null
  return (
    <span className={styles['key']}>
      <KeyLine {...strongLine} /> held-out
      <KeyLine {...faintLine} /> training
    </span>
  )
}

function KeyLine({ width, opacity }: { readonly width: number; readonly opacity: number }) {
  return (
    <svg width={14} height={3} aria-hidden="true">
      <path d="M0 1.5H14" stroke="var(--ink)" strokeWidth={width} opacity={opacity} />
    </svg>
  )
}
