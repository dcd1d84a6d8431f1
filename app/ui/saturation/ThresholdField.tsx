import { useId, useState } from 'react'
import { NumberInput } from '../common/NumberInput'
import { Select } from '../common/Select'
import { Term } from '../common/Term'
import { useNumberDraft } from '../common/useNumberDraft'
import { useCommands, usePage } from '../pageContext'
import { formatThreshold } from '../charts/numbers'
import styles from './saturation.module.css'

const presets = [0.9, 0.95, 0.99, 0.999]
const other = 'other'
/** Per cent. */
const limits = { min: 50, max: 99.99 }
const label = 'δ: share of the variance to explain'

/** δ: four usual values, or any from 50 to 99.99 %. Changes the whole history at once, since spectra are kept. */
export function ThresholdField() {
  const threshold = usePage((state) => state.view.threshold)
  const commands = useCommands()
  const [isTyping, setTyping] = useState(false)
  const known = presets.includes(threshold) ? presets : [...presets, threshold].toSorted((a, b) => a - b)
  const options = known.map((value) => ({ value: String(value), label: formatThreshold(value) }))

  const choose = (value: string) => {
    if (value === other) setTyping(true)
    else commands.setView({ threshold: Number(value) })
  }
  return (
    <span className={styles['field']}>
      <Term name="δ" id="threshold" />
      {isTyping ? (
        <TypedThreshold threshold={threshold} onDone={() => setTyping(false)} />
      ) : (
        <Select
          label={label}
          value={String(threshold)}
          options={[...options, { value: other, label: 'other…' }]}
          onChange={choose}
        />
      )}
    </span>
  )
}

function TypedThreshold({ threshold, onDone }: { readonly threshold: number; readonly onDone: () => void }) {
  const commands = useCommands()
  const faultId = useId()
  const percent = Number((threshold * 100).toFixed(4))
  const draft = useNumberDraft({
    value: percent,
    limits,
    step: 0.1,
    onCommit: (value) => {
      if (value !== null) commands.setView({ threshold: Number((value / 100).toFixed(6)) })
    },
  })
  return (
    <>
      <span ref={focusField} className={styles['typed']} onBlur={() => draft.fault === undefined && onDone()}>
        <NumberInput
          label={`${label}, per cent`}
          draft={draft}
          value={percent}
          limits={limits}
          refused={false}
          faultId={faultId}
        />
        <span>%</span>
      </span>
      {draft.fault !== undefined && (
        <span id={faultId} role="alert" className={styles['fault']}>
          {draft.fault}
        </span>
      )}
    </>
  )
}

/** The field appears because somebody asked for it, so they go on typing in it. */
function focusField(element: HTMLElement | null): void {
  element?.querySelector('input')?.focus()
}
