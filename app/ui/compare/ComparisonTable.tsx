import { Fragment } from 'react'
import { formatCount } from '../common/format'
import { Term } from '../common/Term'
import { visuallyHidden } from '../common/visuallyHidden'
import { areAbreast, runsShareBatches } from '../../runs/comparison'
import styles from './compare.module.css'
import type { Cell, TableGroup } from './comparisonTable'
import { RunMark } from './RunMark'
import type { LetteredRun } from './useRuns'

interface ComparisonTableProps {
  /** The baseline first. */
  readonly runs: readonly LetteredRun[]
  readonly groups: readonly TableGroup[]
}

/** What differs between the runs, one column each, against the baseline in the first. */
export function ComparisonTable({ runs, groups }: ComparisonTableProps) {
  return (
    // What can be scrolled must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={styles['scroller']} aria-label="What differs" tabIndex={0}>
      <table className={styles['table']}>
        <Head runs={runs} />
        {groups.map(({ title, rows, nothing }) => (
          <Fragment key={title}>
            <tbody>
              <tr>
                <th scope="rowgroup" colSpan={runs.length + 1} className={styles['group']}>
                  {title}
                </th>
              </tr>
              {rows.length === 0 && (
                <tr>
                  <td colSpan={runs.length + 1} className={styles['nothing']}>
                    {nothing}
                  </td>
                </tr>
              )}
              {rows.map((row) => (
                <tr key={row.name}>
                  <th scope="row" title={row.title}>
                    {row.term ? <Term name={row.name} id={row.term} look="quiet" /> : row.name}
                  </th>
                  {row.cells.map((cell, index) => (
                    <Value key={runs[index]?.letter ?? index} cell={cell} />
                  ))}
                </tr>
              ))}
            </tbody>
          </Fragment>
        ))}
      </table>
    </section>
  )
}

function Value({ cell: { text, difference, title, caution } }: { readonly cell: Cell }) {
  return (
    <td title={title} data-same={text === 'same'}>
      <span className={styles['value']}>{text}</span>
      {difference !== undefined && <span className={styles['difference']}>{difference}</span>}
      {caution !== undefined && <span className={styles['caution']}>{caution}</span>}
    </td>
  )
}

function Head({ runs }: { readonly runs: readonly LetteredRun[] }) {
  const [baseline] = runs
  return (
    <thead>
      <tr>
        <th scope="col">
          <span className={visuallyHidden}>setting or result</span>
        </th>
        {runs.map((entry) => (
          <th key={entry.letter} scope="col">
            <RunMark letter={entry.letter} />
            <span className={styles['remark']}>{baseline && <Remark entry={entry} baseline={baseline} />}</span>
          </th>
        ))}
      </tr>
    </thead>
  )
}

/** What has to be known before numbers of this run are held against the baseline's. */
function Remark({ entry, baseline }: { readonly entry: LetteredRun; readonly baseline: LetteredRun }) {
  const { run } = entry
  const { startStep } = run.started
  const remarks = [
    ...(startStep > 0 ? [`forked at step ${formatCount(startStep)}`] : []),
    ...(runsShareBatches(run, baseline.run) ? [] : ['different batches']),
    ...(areAbreast(run, baseline.run) ? [] : [`at step ${formatCount(run.step)}`]),
  ]
  if (entry.letter !== baseline.letter) return remarks.join(', ')
  return (
    <>
      <Term name="baseline" id="baseline" look="quiet" />
      {remarks.map((remark) => `, ${remark}`)}
    </>
  )
}
