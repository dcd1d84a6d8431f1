import { useId } from 'react'
import { elementsOf } from '../../experiment/tensorShape'
import type { SamplePage } from '../../runs/state'
import { className } from './mapText'
import { Picture } from './Picture'
import styles from './tryIt.module.css'

interface SampleStripProps {
  readonly page: SamplePage
  /** Of the chosen one. */
  readonly index: number
  readonly onChoose: (index: number) => void
}

/** A few samples to choose from: radio buttons in fact, so that arrow keys and screen readers treat them as one. */
export function SampleStrip({ page, index, onChoose }: SampleStripProps) {
  const group = useId()
  const { first, count, shape, range, inputs, targets, task } = page
  const size = elementsOf(shape)
  return (
    <div role="radiogroup" aria-label="Samples to choose from" className={styles['strip']}>
      {Array.from({ length: count }, (_, place) => {
        const label = task.kind === 'classification' ? `, ${className({ task }, targets[place] ?? 0)}` : ''
        return (
          <label key={first + place} className={styles['thumbnail']} title={`Sample ${first + place + 1}${label}`}>
            <input
              type="radio"
              name={group}
              aria-label={`Sample ${first + place + 1}${label}`}
              checked={first + place === index}
              onChange={() => onChoose(first + place)}
            />
            <Thumbnail values={inputs} at={place * size} size={size} shape={shape} range={range} />
          </label>
        )
      })}
    </div>
  )
}

const thumbnailEdge = 34

function Thumbnail(props: {
  readonly values: Float32Array
  readonly at: number
  readonly size: number
  readonly shape: SamplePage['shape']
  readonly range: SamplePage['range']
}) {
  const { values, at, size, shape, range } = props
  return <Picture values={values.subarray(at, at + size)} shape={shape} range={range} edge={thumbnailEdge} />
}
