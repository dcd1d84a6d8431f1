import type { LossSpec } from '../../experiment/spec'
import { formatMeasure } from '../charts/numbers'
import styles from './confusion.module.css'
import { formatScore, nameAnswer } from './confusionText'
import type { ShownSample } from './sampleList'

interface FeatureTableProps {
  readonly samples: readonly ShownSample[]
  readonly names: readonly string[]
  readonly loss: LossSpec['kind']
  /** Numbers per sample. */
  readonly features: number
}

/** Columns that are worth scrolling to. */
const mostFeatures = 16

/** Samples that are no images: what the network makes of them and their first features. */
export function FeatureTable({ samples, names, loss, features }: FeatureTableProps) {
  const shown = Array.from({ length: Math.min(features, mostFeatures) }, (_, index) => index)
  return (
    // What can be scrolled must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={styles['scroller']} tabIndex={0} aria-label="Samples and their features">
      <table className={styles['features']}>
        <thead>
          <tr>
            <th scope="col">sample</th>
            <th scope="col">true</th>
            <th scope="col">predicted</th>
            <th scope="col">with</th>
            {shown.map((feature) => (
              <th key={feature} scope="col">
                feature {feature + 1}
              </th>
            ))}
            {features > mostFeatures && <th scope="col">{features - mostFeatures} more</th>}
          </tr>
        </thead>
        <tbody>
          {samples.map((sample) => (
            <tr key={sample.position}>
              <th scope="row">{sample.position + 1}</th>
              <td>{names[sample.truth]}</td>
              <td>{nameAnswer(sample, names)}</td>
              <td>{formatScore(sample.confidence, loss)}</td>
              {shown.map((feature) => (
                <td key={feature}>{sample.inputs ? formatMeasure(sample.inputs[feature]!) : ''}</td>
              ))}
              {features > mostFeatures && <td>…</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
