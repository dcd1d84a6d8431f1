import type { LossSpec } from '../../experiment/spec'
import { NO_CLASS } from '../../metrics/confusion'
import type { RunState } from '../../runs/state'
import { formatCount } from '../common/format'
import { usePage } from '../pageContext'
import { useIsShown } from '../pageOptionsContext'
import { SampleImage } from '../common/SampleImage'
import styles from './confusion.module.css'
import { formatScore, nameAnswer } from './confusionText'
import { usePreviewRange } from './SampleImages'
import type { ShownSample } from './sampleList'

interface SampleDetailsProps {
  readonly run: RunState
  readonly names: readonly string[]
  readonly loss: LossSpec['kind']
  readonly large: ShownSample | undefined
}

/** One sample large, and what the network makes of it; its place is kept while there is none. */
export function SampleDetails({ run, names, loss, large }: SampleDetailsProps) {
  const range = usePreviewRange(run)
  const { shape, heldOutCount } = run.started.data
  const hasTryIt = useIsShown('tryit')
  const isTried = usePage(({ inspection: { sample } }) => {
    return hasTryIt && sample.kind === 'heldOut' && sample.index === large?.position
  })
  return (
    <output className={styles['details']}>
      {large ? (
        <>
          <div className={styles['large']}>
            <SampleImage pixels={large.inputs} {...{ shape, range }} kind={run.spec.data.kind} />
          </div>
          <dl className={styles['facts']}>
            <Fact name="true class" value={names[large.truth] ?? '–'} score={formatScore(large.truthScore, loss)} />
            {large.predicted === NO_CLASS ? (
              <Fact name="predicted" value="nothing" score="outputs are not numbers" />
            ) : (
              <Fact name="predicted" value={nameAnswer(large, names)} score={formatScore(large.confidence, loss)} />
            )}
          </dl>
          <p className={styles['remark']}>
            {heldOutCount > 0 ? 'Held-out' : 'Training'} sample {formatCount(large.position + 1)}, at step{' '}
            {formatCount(large.step)}
            {isTried && (
              <>
                ; <i>Try it</i> shows it in the network as it is
              </>
            )}
            .
          </p>
        </>
      ) : (
        <p className={styles['remark']}>There are none.</p>
      )}
    </output>
  )
}

function Fact({ name, value, score }: { readonly name: string; readonly value: string; readonly score: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b>{value}</b> {score}
      </dd>
    </div>
  )
}
