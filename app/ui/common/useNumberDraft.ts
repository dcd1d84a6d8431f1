import { useState, type ChangeEvent, type FocusEvent, type KeyboardEvent } from 'react'
import { formatSetting } from './format'
import { parseNumber, type NumberLimits } from './parseNumber'
import { isStillMeant, type TypedText } from './typedText'

interface NumberDraft {
  /** To be spread on the `<input type="text">`. */
  readonly inputProps: {
    readonly value: string
    readonly onChange: (event: ChangeEvent<HTMLInputElement>) => void
    readonly onBlur: () => void
    readonly onFocus: (event: FocusEvent<HTMLInputElement>) => void
    readonly onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void
    readonly onKeyUp: (event: KeyboardEvent<HTMLInputElement>) => void
  }
  /** What is wrong with the text as typed so far. */
  readonly fault: string | undefined
}

interface NumberDraftOptions {
  /** null shows an empty field; an emptied field then commits null. */
  readonly value: number | null
  readonly limits: NumberLimits
  /** One press of an arrow key; with Shift ten times that. */
  readonly step: number
  readonly onCommit: (value: number | null) => void
  /** Whether emptying the field means something (“no limit”). */
  readonly nullable?: boolean
}

/**
 * A number being typed: checked at every keystroke, committed on Enter or when the field is left, given up on Escape.
 * Text that was not committed goes when the value is replaced from elsewhere. Arrow keys step and commit when released,
 * so that holding one does not start a hundred runs.
 */
export function useNumberDraft({ value, limits, step, onCommit, nullable = false }: NumberDraftOptions): NumberDraft {
  const [typed, setTyped] = useState<TypedText>()
  // Dropped for good, not only hidden: it must not come back with the old value.
  if (typed && !isStillMeant(typed, value)) setTyped(undefined)
  const text = typed && isStillMeant(typed, value) ? typed.text : undefined
  const setText = (next: string | undefined) =>
    setTyped(next === undefined ? undefined : { text: next, against: value })
  const shown = text ?? (value === null ? '' : formatSetting(value))
  const emptied = nullable && shown.trim() === ''
  const parsed = emptied ? { value: null } : parseNumber(shown, limits)
  const fault = text !== undefined && 'fault' in parsed ? parsed.fault : undefined

  const commit = () => {
    // A text that is no number stays in the field with its fault beside it; nothing is lost or guessed.
    if (text === undefined || 'fault' in parsed) return
    setText(undefined)
    if (parsed.value !== value) onCommit(parsed.value)
  }

  const stepBy = (direction: number) => {
    const from = 'fault' in parsed ? value : parsed.value
    const { min = -Infinity, max = Infinity } = limits
    // Decimal steps leave binary dust (0.1 + 0.2); twelve digits are more than any setting has.
    const stepped = Number(((from ?? 0) + direction * step).toPrecision(12))
    setText(formatSetting(Math.min(max, Math.max(min, stepped))))
  }

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') commit()
    if (event.key === 'Escape' && text !== undefined) {
      // Escape gives up the edit, not the drawer or popover around it.
      event.preventDefault()
      event.stopPropagation()
      setText(undefined)
    }
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault()
      stepBy((event.key === 'ArrowUp' ? 1 : -1) * (event.shiftKey ? 10 : 1))
    }
  }

  const onKeyUp = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') commit()
  }

  return {
    inputProps: {
      value: shown,
      onChange: (event) => setText(event.target.value),
      onBlur: commit,
      onFocus: (event) => event.target.select(),
      onKeyDown,
      onKeyUp,
    },
    fault,
  }
}
