import { describeSpectrum, type SpectrumOptions } from '../../metrics/layerSpectrum'
import type { HistoryColumn, StartedRun } from '../../runs/state'
import { joinClasses } from '../common/joinClasses'
import { visuallyHidden } from '../common/visuallyHidden'
import type { Plot } from '../charts/plot'
import { describeCaution, describeRow, halfInterval } from './rowText'
import styles from './saturation.module.css'
import type { Band } from './cellLayout'

interface RowValuesProps {
  readonly outputs: StartedRun['outputs']
  readonly column: HistoryColumn | undefined
  readonly options: SpectrumOptions
  readonly plot: Plot
  readonly bands: readonly Band[]
  readonly selected: number
  /** Rows that have room for their value; the others’ is for screen readers only. */
  readonly labelled: ReadonlySet<number>
  readonly fontSize: number
  /** First row of a detected tail. */
  readonly tailFrom: number | undefined
  readonly stacked: boolean
  readonly narrow: boolean
}

/** The values of the shown column as text, beside their rows: “41 of 128 · 32 %”. */
export function RowValues(props: RowValuesProps) {
  const { outputs, column, options, plot, bands, selected, labelled, fontSize, tailFrom, stacked, narrow } = props
  const tailFirst = tailFrom === undefined ? undefined : bands[tailFrom]
  const tailLast = bands[outputs.length - 2]
  return (
    <ol className={styles['values']} style={{ left: plot.left + plot.width, top: plot.top, fontSize }}>
      {outputs.map((output, row) => {
        const band = bands[row]
        const measured = column?.spectra[row]
        if (!band) return null
        return (
          <li
            key={output.name}
            className={
              labelled.has(row)
                ? joinClasses(styles['value'], stacked && styles['tall'], narrow && styles['narrow'])
                : visuallyHidden
            }
            style={{ top: band.start, height: band.size }}
            aria-current={row === selected ? 'true' : undefined}
          >
            <span className={visuallyHidden}>{output.name}: </span>
            {measured && <RowValue spectrum={describeSpectrum(measured, output.width, options)} width={output.width} />}
          </li>
        )
      })}
      {tailFirst && tailLast && <TailBracket first={tailFirst} last={tailLast} />}
    </ol>
  )
}

function RowValue(props: { readonly spectrum: ReturnType<typeof describeSpectrum>; readonly width: number }) {
  const { spectrum, width } = props
  const { count, share, caution } = describeRow(spectrum, width)
  const isUncertain = halfInterval(spectrum) > 0
  return (
    <>
      <span className={joinClasses(styles['count'], share === '' && styles[spectrum.state])}>
        {isUncertain ? <abbr title={`between ${spectrum.interval.join(' and ')}`}>{count}</abbr> : count}
      </span>
      {share !== '' && (
        <>
          <span className={styles['dot']}> · </span>
          <span className={styles['share']}>{share}</span>
        </>
      )}
      {caution !== undefined && (
        <abbr className={styles['caution']} title={describeCaution(spectrum)}>
          n/d {caution}
        </abbr>
      )}
    </>
  )
}

/** A bracket along the rows of the tail: hidden layers that are hardly used although earlier ones are. */
function TailBracket({ first, last }: { readonly first: Band; readonly last: Band }) {
  return (
    <li
      className={styles['tail']}
      style={{ top: first.start, height: last.start + last.size - first.start }}
      title="Tail: the last hidden layers stay below half of the network’s peak saturation."
    >
      <span>tail</span>
    </li>
  )
}
