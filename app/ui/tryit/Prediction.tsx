import { positionsOf } from '../../experiment/tensorShape'
import type { Inspected } from '../../runs/state'
import { formatAccuracy, formatMeasure } from '../charts/numbers'
import { Icon } from '../common/Icon'
import { visuallyHidden } from '../common/visuallyHidden'
import { className, describeSample, largestIndex } from './mapText'
import { Picture } from './Picture'
import styles from './tryIt.module.css'

/** Edge of the picture that goes in, and of one that comes out, CSS pixels. */
const pictureEdge = 96
/** Answers are told by class or value up to so many, then the strongest. */
const mostRows = 20

/** What goes into the network, and what it says. */
export function Prediction({ seen }: { readonly seen: Inspected }) {
  const { shape, range, input, answer } = seen
  const isPicture = positionsOf(shape) > 1
  return (
    <div className={styles['prediction']}>
      {isPicture && (
        <div className={styles['pictures']}>
          <figure className={styles['picture']}>
            <Picture values={input} shape={shape} range={range} edge={pictureEdge} label={describeSample(seen)} />
            <figcaption>goes in</figcaption>
          </figure>
          {answer.kind === 'picture' && (
            <figure className={styles['picture']}>
              <Picture
                values={answer.values}
                shape={shape}
                range={range}
                edge={pictureEdge}
                label="The network’s answer"
              />
              <figcaption>comes out</figcaption>
            </figure>
          )}
        </div>
      )}
      {answer.kind !== 'picture' && <Answers seen={seen} />}
    </div>
  )
}

function Answers({ seen }: { readonly seen: Inspected }) {
  const { answer, label } = seen
  const isClasses = answer.kind !== 'values'
  const best = isClasses ? largestIndex(answer.values) : undefined
  const right = isClasses ? label : undefined
  return (
    <ol className={styles['answers']} aria-label="What the network says">
      {strongest(answer.values, right).map((row) => {
        const value = answer.values[row] ?? Number.NaN
        return (
          <li key={row} className={styles['answer']} data-best={row === best} data-right={row === right}>
            <span className={styles['answerName']}>{isClasses ? className(seen, row) : `output ${row + 1}`}</span>
            <span className={styles['bar']}>
              {isClasses && <span style={{ width: `${100 * Math.min(1, Math.max(0, value || 0))}%` }} />}
            </span>
            <span className={styles['answerValue']}>
              {answer.kind === 'probabilities' ? formatAccuracy(value) : formatMeasure(value)}
            </span>
            <span className={styles['mark']}>
              {row === right && (
                <>
                  <Icon name="check" />
                  <span className={visuallyHidden}>, the right one</span>
                </>
              )}
              {answer.aim && `aim ${formatMeasure(answer.aim[row] ?? Number.NaN)}`}
            </span>
          </li>
        )
      })}
    </ol>
  )
}

/** The rows told: all, or of many the strongest and the right one, in order. */
function strongest(values: Float32Array, right: number | undefined): readonly number[] {
  const rows = [...values.keys()]
  if (rows.length <= mostRows) return rows
  const ranked = rows.toSorted((one, other) => (values[other] ?? 0) - (values[one] ?? 0)).slice(0, mostRows)
  if (right !== undefined && !ranked.includes(right)) ranked[mostRows - 1] = right
  return ranked.toSorted((one, other) => one - other)
}
