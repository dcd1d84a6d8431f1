import styles from './fields.module.css'
import { joinClasses } from './joinClasses'
import type { NumberLimits } from './parseNumber'
import type { useNumberDraft } from './useNumberDraft'

interface NumberInputProps {
  readonly label: string
  readonly draft: ReturnType<typeof useNumberDraft>
  readonly value: number | null
  readonly limits: NumberLimits
  /** Marks the field as wrong though its text is a number: the experiment refused it. */
  readonly refused: boolean
  /** Id of the element that says what is wrong. */
  readonly faultId: string
  readonly placeholder?: string
  readonly disabled?: boolean
  readonly className?: string | undefined
}

/** The box of a number field; what happens in it is `useNumberDraft`'s. */
export function NumberInput(props: NumberInputProps) {
  const { label, draft, value, limits, refused, faultId, placeholder, disabled, className } = props
  const isWrong = refused || draft.fault !== undefined
  return (
    <input
      type="text"
      role="spinbutton"
      inputMode={limits.integer ? 'numeric' : 'decimal'}
      autoComplete="off"
      spellCheck={false}
      className={joinClasses(styles['number'], className)}
      aria-label={label}
      aria-valuenow={value ?? undefined}
      aria-valuemin={limits.min}
      aria-valuemax={limits.max}
      aria-invalid={isWrong}
      aria-describedby={isWrong ? faultId : undefined}
      placeholder={placeholder}
      disabled={disabled}
      {...draft.inputProps}
    />
  )
}
