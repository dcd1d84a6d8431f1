import { memo, type ReactNode } from 'react'
import { joinClasses } from '../common/joinClasses'
import { Term } from '../common/Term'
import { visuallyHidden } from '../common/visuallyHidden'
import type { Plot } from '../charts/plot'
import styles from './saturation.module.css'
import type { Band } from './cellLayout'

/** What stands beside a row. Words alone, so that a row whose words stay as they are is not rendered again. */
export interface RowWords {
  /** How `text` looks. */
  readonly className?: string | undefined
  /** “41 of 128”, “+6 points”, “dead”. */
  readonly text: string
  /** What is read aloud instead, of text that is a mere sign. */
  readonly spoken?: string | undefined
  /** Explains `text` where it is only bracketed. */
  readonly bounds?: string | undefined
  /** “32 %”. */
  readonly share?: string | undefined
  /** “n/d 3”, and what it means. */
  readonly caution?: string | undefined
  readonly cautionMeaning?: string | undefined
}

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
  /** By row; undefined where nothing is measured yet. */
  readonly words: readonly (RowWords | undefined)[]
  /** Further items of the list. */
  readonly children?: ReactNode
}

/** The values of the shown column as text, beside their rows: “41 of 128 · 32 %”. */
export function RowValues(props: RowValuesProps) {
  const { names, plot, bands, selected, labelled, fontSize, stacked, narrow, words, children } = props
  const visible = joinClasses(styles['value'], stacked && styles['tall'], narrow && styles['narrow'])
  return (
    <ol className={styles['values']} style={{ left: plot.left + plot.width, top: plot.top, fontSize }}>
      {names.map((name, row) => {
        const band = bands[row]
        if (!band) return null
        return (
          <Row
            key={name}
            name={name}
            start={band.start}
            size={band.size}
            place={labelled.has(row) ? visible : visuallyHidden}
            isSelected={row === selected}
            {...words[row]}
          />
        )
      })}
      {children}
    </ol>
  )
}

interface RowProps extends Band, Partial<RowWords> {
  readonly name: string
  /** Class of the item: in its place, or out of sight. */
  readonly place: string | undefined
  readonly isSelected: boolean
}

const Row = memo(function Row({ name, start, size, place, isSelected, text, ...more }: RowProps) {
  return (
    <li className={place} style={{ top: start, height: size }} aria-current={isSelected ? 'true' : undefined}>
      <span className={visuallyHidden}>{name}: </span>
      {text !== undefined && <Value text={text} {...more} />}
    </li>
  )
})

function Value({ className, text, spoken, bounds, share, caution, cautionMeaning }: RowWords) {
  return (
    <>
      <span className={className}>
        <Text {...{ text, spoken, bounds }} />
      </span>
      {share !== undefined && (
        <>
          <span className={styles['dot']}> · </span>
          <span className={styles['share']}>{share}</span>
        </>
      )}
      {caution !== undefined && (
        <abbr className={styles['caution']} title={cautionMeaning}>
          {caution}
        </abbr>
      )}
    </>
  )
}

function Text({ text, spoken, bounds }: Pick<RowWords, 'text' | 'spoken' | 'bounds'>) {
  if (bounds !== undefined) return <abbr title={bounds}>{text}</abbr>
  if (spoken === undefined) return text
  return (
    <>
      <span aria-hidden="true">{text}</span>
      <span className={visuallyHidden}>{spoken}</span>
    </>
  )
}

/** A bracket along the rows of the tail: hidden layers that are hardly used although earlier ones are. */
export function TailBracket({ first, last }: { readonly first: Band; readonly last: Band }) {
  return (
    <li className={styles['tail']} style={{ top: first.start, height: last.start + last.size - first.start }}>
      <Term name="tail" id="tail" look="quiet" />
    </li>
  )
}
