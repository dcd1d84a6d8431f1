import { useId, useState } from 'react'
import { positionsOf } from '../../experiment/tensorShape'
import type { Inspected, InspectedSample, SamplePage } from '../../runs/state'
import { Button, IconButton } from '../common/Button'
import { formatCount } from '../common/format'
import { NumberInput } from '../common/NumberInput'
import { Segmented } from '../common/Segmented'
import { useNumberDraft } from '../common/useNumberDraft'
import { useCommands, usePage } from '../pageContext'
import { DrawingPad } from './DrawingPad'
import { SampleStrip } from './SampleStrip'
import styles from './tryIt.module.css'

type Drawing = Extract<InspectedSample, { kind: 'drawn' }>

const emptyPad: Drawing = { kind: 'drawn', strokes: [], ink: [1, 1, 1] }

interface SamplePickerProps {
  readonly seen: Inspected
  readonly page: SamplePage
}

/** What goes into the network: one of the samples it never learned from or, of pictures, a drawing. */
export function SamplePicker({ seen, page }: SamplePickerProps) {
  const commands = useCommands()
  const sample = usePage((state) => state.inspection.sample)
  // What was drawn is there again after a look at samples, and after the panel was hidden.
  const [drawing, setDrawing] = useState(sample.kind === 'drawn' ? sample : emptyPad)
  const canDraw = positionsOf(page.shape) > 1
  const isDrawn = sample.kind === 'drawn' && canDraw
  const draw = (next: Drawing) => {
    setDrawing(next)
    commands.inspect(next)
  }
  return (
    <div className={styles['picker']}>
      {canDraw && (
        <Segmented
          label="What goes into the network"
          value={isDrawn ? 'draw' : 'pick'}
          options={[
            { value: 'pick', label: page.part === 'heldOut' ? 'Held-out sample' : 'Training sample' },
            { value: 'draw', label: 'Drawing' },
          ]}
          onChange={(mode) =>
            mode === 'draw' ? draw(drawing) : commands.inspect({ kind: 'heldOut', index: page.first })
          }
        />
      )}
      {isDrawn ? (
        <DrawingPad drawing={sample} shape={seen.shape} onDraw={draw} />
      ) : (
        <Choice page={page} index={sample.kind === 'heldOut' ? sample.index % page.total : page.first} />
      )}
    </div>
  )
}

function Choice({ page, index }: { readonly page: SamplePage; readonly index: number }) {
  const commands = useCommands()
  const faultId = useId()
  const choose = (next: number) => commands.inspect({ kind: 'heldOut', index: (next + page.total) % page.total })
  const limits = { min: 1, max: page.total, integer: true }
  const draft = useNumberDraft({
    value: index + 1,
    limits,
    step: 1,
    onCommit: (value) => value !== null && choose(value - 1),
  })
  const hasStrip = positionsOf(page.shape) > 1
  return (
    <>
      {hasStrip && <SampleStrip page={page} index={index} onChoose={choose} />}
      <div className={styles['turning']}>
        {hasStrip && (
          <IconButton
            icon="chevron"
            className={styles['back']}
            label="The samples before"
            onClick={() => choose(page.first - 1)}
          />
        )}
        <NumberInput
          label="Number of the sample"
          draft={draft}
          value={index + 1}
          limits={limits}
          refused={false}
          faultId={faultId}
          className={styles['number']}
        />
        <span id={faultId} className={styles['total']}>
          {draft.fault ?? `of ${formatCount(page.total)}`}
        </span>
        <Button onClick={() => choose(index + 1)}>Another</Button>
        {hasStrip && (
          <IconButton
            icon="chevron"
            className={styles['on']}
            label="The samples after"
            onClick={() => choose(page.first + page.count)}
          />
        )}
      </div>
    </>
  )
}
