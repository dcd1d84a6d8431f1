import type { Letter } from '../../runs/state'
import { formatCount } from '../common/format'
import { usePage } from '../pageContext'
import type { Plot } from '../charts/plot'
import { stepWindow } from '../charts/stepWindow'
import type { Band } from './cellLayout'
import { outlinedRows } from './outlinedRows'
import styles from './saturation.module.css'

interface EvidenceOutlineProps {
  readonly letter: Letter
  readonly plot: Plot
  readonly bands: readonly Band[]
  readonly names: readonly string[]
  readonly places: readonly (number | undefined)[]
}

/** A hairline around the cells that the open insight was found from. */
export function EvidenceOutline({ letter, plot, bands, names, places }: EvidenceOutlineProps) {
  const highlight = usePage((state) => state.view.highlight)
  if (highlight?.letter !== letter) return null
  const { from, to, outputs } = highlight
  const { left, width } = stepWindow(plot, highlight)
  return outlinedRows(places, outputs).map(({ first, last }) => {
    const [upper, lower] = [bands[first], bands[last]]
    if (!upper || !lower) return null
    const rows = names.slice(first, last + 1).join(', ')
    return (
      <div
        key={first}
        // It is drawn over a canvas; there is no picture element for a frame.
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
        role="img"
        aria-label={`Evidence: ${rows}, steps ${formatCount(from)} to ${formatCount(to)}`}
        className={styles['evidence']}
        style={{ left, width, top: plot.top + upper.start, height: lower.start + lower.size - upper.start }}
      />
    )
  })
}
