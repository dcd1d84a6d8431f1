import { memo, type ReactNode } from 'react'
import { describeSpectrum, type SpectrumOptions } from '../../metrics/layerSpectrum'
import type { MeasuredSpectrum } from '../../metrics/spectrum'
import { joinClasses } from '../common/joinClasses'
import { Term } from '../common/Term'
import { visuallyHidden } from '../common/visuallyHidden'
import type { Plot } from '../charts/plot'
import { describeCaution, describeRow, halfInterval } from './rowText'
import styles from './saturation.module.css'
import type { Band } from './cellLayout'

interface RowValuesProps {
  readonly names: readonly string[]
  readonly plot: Plot
  readonly bands: readonly Band[]
  readonly selected: number
  /** Rows that have room for their value; the others’ is for screen readers only. */
  readonly labelled: ReadonlySet<number>
  readonly fontSize: number
  readonly stacked: boolean
  readonly narrow: boolean
  readonly valueOf: (row: number) => ReactNode
  /** Further items of the list. */
  readonly children?: ReactNode
}

/** The values of the shown column as text, beside their rows: “41 of 128 · 32 %”. */
export function RowValues(props: RowValuesProps) {
  const { names, plot, bands, selected, labelled, fontSize, stacked, narrow, valueOf, children } = props
  return (
    <ol className={styles['values']} style={{ left: plot.left + plot.width, top: plot.top, fontSize }}>
      {names.map((name, row) => {
        const band = bands[row]
        if (!band) return null
        return (
          <li
            key={name}
            className={
              labelled.has(row)
                ? joinClasses(styles['value'], stacked && styles['tall'], narrow && styles['narrow'])
                : visuallyHidden
            }
            style={{ top: band.start, height: band.size }}
            aria-current={row === selected ? 'true' : undefined}
          >
            <span className={visuallyHidden}>{name}: </span>
            {valueOf(row)}
          </li>
        )
      })}
      {children}
    </ol>
  )
}

interface SaturationValueProps {
  readonly spectrum: MeasuredSpectrum
  readonly width: number
  readonly options: SpectrumOptions
}

/** “41 of 128 · 32 %”. */
export const SaturationValue = memo(function SaturationValue(props: SaturationValueProps) {
  const { spectrum: measured, width, options } = props
  const spectrum = describeSpectrum(measured, width, options)
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
          {caution}
        </abbr>
      )}
    </>
  )
})

/** A bracket along the rows of the tail: hidden layers that are hardly used although earlier ones are. */
export function TailBracket({ first, last }: { readonly first: Band; readonly last: Band }) {
  return (
    <li className={styles['tail']} style={{ top: first.start, height: last.start + last.size - first.start }}>
      <Term name="tail" id="tail" look="quiet" />
    </li>
  )
}
