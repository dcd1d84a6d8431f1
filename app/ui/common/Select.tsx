import { joinClasses } from './joinClasses'
import styles from './fields.module.css'

interface Option<Value extends string> {
  readonly value: Value
  readonly label: string
}

interface OptionGroup<Value extends string> {
  readonly label: string
  readonly options: readonly Option<Value>[]
}

interface SelectProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly (Option<Value> | OptionGroup<Value>)[]
  readonly onChange: (value: Value) => void
  readonly disabled?: boolean
  readonly className?: string | undefined
  /** Id of the element that says what is wrong with the choice; undefined while nothing is. */
  readonly faultId?: string | undefined
}

/** The browser's own select, so that phones show their own wheel and every key works. */
export function Select<Value extends string>({
  label,
  value,
  options,
  onChange,
  disabled,
  className,
  faultId,
}: SelectProps<Value>) {
  const choose = (chosen: string) => {
    const flat = options.flatMap((entry) => ('options' in entry ? entry.options : [entry]))
    const option = flat.find((entry) => entry.value === chosen)
    if (option) onChange(option.value)
  }
  return (
    <select
      className={joinClasses(styles['select'], className)}
      aria-label={label}
      aria-invalid={faultId !== undefined}
      aria-describedby={faultId}
      value={value}
      disabled={disabled}
      onChange={(event) => choose(event.target.value)}
    >
      {options.map((entry) =>
        'options' in entry ? (
          <optgroup key={entry.label} label={entry.label}>
            {entry.options.map(renderOption)}
          </optgroup>
        ) : (
          renderOption(entry)
        ),
      )}
    </select>
  )
}

function renderOption({ value, label }: Option<string>) {
  return (
    <option key={value} value={value}>
      {label}
    </option>
  )
}
