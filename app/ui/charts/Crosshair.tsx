import { formatCount } from '../common/format'
import { joinClasses } from '../common/joinClasses'
import { usePage } from '../pageContext'
import { typePixels } from '../theme/typeScale'
import styles from './Crosshair.module.css'
import type { Plot } from './plot'

interface CrosshairProps {
  readonly plot: Plot
  /** Also prints the step on the axis below. */
  readonly labelled: boolean
}

/** The step under the pointer and the pinned step, as lines through every chart over steps. */
export function Crosshair({ plot, labelled }: CrosshairProps) {
  const hoverStep = usePage((state) => state.view.hoverStep)
  const pinnedStep = usePage((state) => state.view.pinnedStep)
  return (
    <>
      {pinnedStep !== undefined && <Line plot={plot} step={pinnedStep} isPinned labelled={labelled} />}
      {hoverStep !== undefined && hoverStep !== pinnedStep && (
        <Line plot={plot} step={hoverStep} isPinned={false} labelled={labelled} />
      )}
    </>
  )
}

/** Half a digit, and half of what is around the text of a label, in pixels. */
const digitHalf = 3.5
const aroundHalf = 4

function Line({
  plot,
  step,
  isPinned,
  labelled,
}: CrosshairProps & { readonly step: number; readonly isPinned: boolean }) {
  const x = plot.x(step)
  if (x < plot.left - 1 || x > plot.left + plot.width + 1) return null
  const bottom = plot.top + plot.height
  const label = formatCount(step)
  // The label stays inside the plot at both ends.
  const labelHalfWidth = typePixels(digitHalf * label.length + aroundHalf)
  const labelX = Math.min(plot.left + plot.width - labelHalfWidth, Math.max(plot.left + labelHalfWidth, x))
  return (
    <>
      <div
        className={joinClasses(styles['line'], isPinned && styles['pinned'])}
        style={{ left: 0, top: plot.top, height: plot.height, transform: `translateX(${x}px)` }}
      />
      {labelled && (
        <div
          className={joinClasses(styles['label'], isPinned && styles['pinned'])}
          style={{ left: labelX, top: bottom + 3, transform: 'translateX(-50%)' }}
        >
          {label}
        </div>
      )}
    </>
  )
}
