import { useEffect, useState } from 'react'
import { positionsOf } from '../../experiment/tensorShape'
import type { Predictions, RunState } from '../../runs/state'
import { Button } from '../common/Button'
import { formatCount } from '../common/format'
import { useCommands } from '../pageContext'
import styles from './confusion.module.css'
import { nameSelection } from './confusionText'
import { FeatureTable } from './FeatureTable'
import { SampleDetails } from './SampleDetails'
import { SampleImages } from './SampleImages'
import { judgedSample, listSamples, type JudgedSample, type Selection, type ShownSample } from './sampleList'
import { useKept } from './useKept'

interface SampleGalleryProps {
  readonly run: RunState
  readonly newest: Predictions
  readonly names: readonly string[]
  readonly selection: Selection
  /** Undefined where all mistakes are shown already. */
  readonly onShowAll: (() => void) | undefined
}

/** Samples that are looked at together. */
const pageSize = 24

/**
 * Samples of a cell, those the network is surest of first. While the run plays they stay those of one step until newer
 * ones are asked for: nobody can point at what keeps moving.
 */
export function SampleGallery({ run, newest, names, selection, onShowAll }: SampleGalleryProps) {
  const { value: predictions, renew } = useKept(run.playing ? 'live' : `at rest ${newest.step}`, () => newest)
  const [page, setPage] = useState(0)
  const [chosen, setChosen] = useState<ShownSample>()
  const listed = listSamples(predictions, selection)
  const pages = Math.max(1, Math.ceil(listed.length / pageSize))
  const first = Math.min(page, pages - 1) * pageSize
  const judged = listed.slice(first, first + pageSize).map((sample) => judgedSample(predictions, sample))
  const samples = useInputs(run, predictions, judged)
  // Of the one that was chosen the list may know more by now: its image.
  const large = samples.find(({ position }) => position === chosen?.position) ?? chosen ?? samples[0]
  const commands = useCommands()
  const choose = (sample: ShownSample): void => {
    setChosen(sample)
    // Counted in the order of the data set, among the held-out samples or, without any, those of training, as here.
    commands.inspect({ kind: 'heldOut', index: sample.position })
  }
  const { shape } = run.started.data
  const loss = run.spec.loss.kind
  const isStale = newest.step !== predictions.step
  return (
    <section className={styles['gallery']} aria-label={nameSelection(names, selection)}>
      <header className={styles['heading']}>
        <h3>{nameSelection(names, selection)}</h3>
        <span className={styles['count']}>
          {formatCount(listed.length)} at step {formatCount(predictions.step)}
        </span>
        <Button look="quiet" className={styles['renew']} data-shown={isStale} aria-disabled={!isStale} onClick={renew}>
          Update
        </Button>
        {onShowAll && (
          <Button look="quiet" onClick={onShowAll}>
            All mistakes
          </Button>
        )}
      </header>
      {positionsOf(shape) === 1 ? (
        <FeatureTable {...{ samples, names, loss }} features={shape.channels} />
      ) : (
        <>
          <SampleDetails {...{ run, names, loss, large }} />
          <SampleImages {...{ run, samples, names, loss, large }} onEnlarge={choose} />
        </>
      )}
      {pages > 1 && (
        <nav className={styles['pager']} aria-label="Pages of samples">
          {/* Not disabled at the ends: the button that was pressed would lose the focus. */}
          <Button aria-disabled={first === 0} onClick={() => first > 0 && setPage(first / pageSize - 1)}>
            Previous
          </Button>
          <output>
            {formatCount(first + 1)}–{formatCount(first + judged.length)} of {formatCount(listed.length)}
          </output>
          <Button
            aria-disabled={first + pageSize >= listed.length}
            onClick={() => first + pageSize < listed.length && setPage(first / pageSize + 1)}
          >
            Next
          </Button>
        </nav>
      )}
    </section>
  )
}

/** The samples with what they look like, once that has arrived. */
function useInputs(
  run: RunState,
  { part, step }: Predictions,
  judged: readonly JudgedSample[],
): readonly ShownSample[] {
  const commands = useCommands()
  const wanted = judged.map(({ position }) => position).join()
  useEffect(() => {
    if (wanted !== '') commands.readSamples(part, wanted.split(',').map(Number))
  }, [commands, part, wanted])
  const { samples } = run.predictions
  const isThere = samples?.part === part && samples.positions.join() === wanted
  const { features } = run.started.data
  return judged.map((sample, index) => ({
    ...sample,
    step,
    inputs: isThere ? samples.inputs.subarray(index * features, (index + 1) * features) : undefined,
  }))
}
