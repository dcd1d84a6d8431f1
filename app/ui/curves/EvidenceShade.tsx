import { formatCount } from '../common/format'
import { usePage } from '../pageContext'
import type { Plot } from '../charts/plot'
import { stepWindow } from '../charts/stepWindow'
import styles from './curves.module.css'
import type { Quantity } from './runCurves'

/** The steps that the open insight was found from, where it is about this quantity; below the lines. */
export function EvidenceShade({ plot, quantity }: { readonly plot: Plot; readonly quantity: Quantity }) {
  const highlight = usePage((state) => state.view.highlight)
  if (!highlight?.curves.includes(quantity)) return null
  const { letter, from, to } = highlight
  return (
    <div
      // It lies below a canvas; there is no picture element for a shade.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="img"
      aria-label={`Evidence: ${quantity} of run ${letter}, steps ${formatCount(from)} to ${formatCount(to)}`}
      className={styles['evidence']}
      style={{ ...stepWindow(plot, highlight), top: plot.top, height: plot.height }}
    />
  )
}
