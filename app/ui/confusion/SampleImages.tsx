import { useMemo } from 'react'
import type { LossSpec } from '../../experiment/spec'
import type { RunState } from '../../runs/state'
import { visuallyHidden } from '../common/visuallyHidden'
import { valueRange } from '../common/sampleImage'
import styles from './confusion.module.css'
import { describeSample, formatScore, nameAnswer } from './confusionText'
import { SampleImage } from './SampleImage'
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

/** Images in a row, each a button that shows it large. */
export function SampleImages({ run, samples, names, loss, large, onEnlarge }: SampleImagesProps) {
  const { shape } = run.started.data
  const range = usePreviewRange(run)
  return (
    <ul className={styles['images']}>
      {samples.map((sample) => (
        <li key={sample.position}>
          <button
            type="button"
            className={styles['thumbnail']}
            aria-pressed={sample.position === large?.position}
            onClick={() => onEnlarge(sample)}
          >
            <SampleImage pixels={sample.inputs} {...{ shape, range }} isPhotograph={hasPhotographs(run)} />
            <span className={visuallyHidden}>{describeSample(sample, names, loss)}</span>
            <span className={styles['answer']} aria-hidden="true">
              <span>{names[sample.truth]}</span> <span>→ {nameAnswer(sample, names)}</span>
            </span>
            <span className={styles['sureness']} aria-hidden="true">
              {formatScore(sample.confidence, loss)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** From black to white as in the samples shown beside the settings. */
export function usePreviewRange({ started }: RunState) {
  const { inputs } = started.data.preview
  return useMemo(() => valueRange(inputs), [inputs])
}

export function hasPhotographs({ spec }: RunState): boolean {
  return spec.data.kind === 'images' || spec.data.kind === 'cifar10'
}
