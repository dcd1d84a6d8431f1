import type { AriaAttributes } from 'react'
import { formatSetting } from './format'
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
      {...ariaRange(value, limits)}
      aria-invalid={isWrong}
      aria-describedby={isWrong ? faultId : undefined}
      placeholder={placeholder}
      disabled={disabled}
      {...draft.inputProps}
    />
  )
}

/** The value for screen readers. React writes tiny numbers as “1e-8”, which ARIA does not allow; the text still tells them. */
function ariaRange(value: number | null, { min, max }: NumberLimits): AriaAttributes {
  const plain = (number: number | null | undefined) =>
    number === null || number === undefined || String(number).includes('e') ? undefined : number
  return {
    'aria-valuenow': plain(value),
    'aria-valuetext': value === null ? undefined : formatSetting(value),
    'aria-valuemin': plain(min),
    'aria-valuemax': plain(max),
  }
}
