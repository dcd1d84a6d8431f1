import { useId, useMemo } from 'react'
import type { LossSpec } from '../../experiment/spec'
import type { RunState } from '../../runs/state'
import { SampleImage } from '../common/SampleImage'
import { valueRange } from '../common/sampleImage'
import styles from './confusion.module.css'
import { describeSample, formatScore, nameAnswer } from './confusionText'
import type { ShownSample } from './sampleList'

interface SampleImagesProps {
  readonly run: RunState
  readonly samples: readonly ShownSample[]
  readonly names: readonly string[]
  readonly loss: LossSpec['kind']
  /** The one that is shown large. */
  readonly large: ShownSample | undefined
  readonly onEnlarge: (sample: ShownSample) => void
}

/** Images in a row, one of them shown large: radio buttons in fact, so that Tab passes them at once and arrows walk them. */
export function SampleImages({ run, samples, names, loss, large, onEnlarge }: SampleImagesProps) {
  const group = useId()
  const { shape } = run.started.data
  const range = usePreviewRange(run)
  return (
    <div role="radiogroup" aria-label="Which one is shown large" className={styles['images']}>
      {samples.map((sample) => (
        <label key={sample.position} className={styles['thumbnail']}>
          <input
            type="radio"
            name={group}
            aria-label={describeSample(sample, names, loss)}
            checked={sample.position === large?.position}
            // Arrows click, too; and a click on the one that is shown large sends it through the network.
            onClick={() => onEnlarge(sample)}
            readOnly
          />
          <SampleImage
            pixels={sample.inputs}
            {...{ shape, range }}
            kind={run.spec.data.kind}
            className={styles['image']}
          />
          <span className={styles['answer']} aria-hidden="true">
            <span>{names[sample.truth]}</span> <span>→ {nameAnswer(sample, names)}</span>
          </span>
          <span className={styles['sureness']} aria-hidden="true">
            {formatScore(sample.confidence, loss)}
          </span>
        </label>
      ))}
    </div>
  )
}

/** From black to white as in the samples shown beside the settings. */
export function usePreviewRange({ started }: RunState) {
  const { inputs } = started.data.preview
  return useMemo(() => valueRange(inputs), [inputs])
}
