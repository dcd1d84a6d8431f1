import { useId } from 'react'
import type { Choice } from '../../experiment/choices'
import { Select } from '../common/Select'
import { Term } from '../common/Term'
import { choiceTerm } from '../glossary/settingTerms'
import { FaultLine } from './FaultLine'
import styles from './rows.module.css'
import { useFault } from './useSpecEditor'

interface ChoiceSettingProps<Name extends string> {
  readonly label: string
  /** Where faults of it are reported: “loss.kind”. */
  readonly path: string
  /** Under which the glossary has it, if not `path`: “layers.padding”. */
  readonly settingPath?: string
  readonly value: Name
  readonly choices: Readonly<Record<Name, Choice>>
  readonly onChange: (value: Name) => void
}

/** One choice of the spec; its label explains the option taken. */
export function ChoiceSetting<Name extends string>({
  label,
  path,
  settingPath = path,
  value,
  choices,
  onChange,
}: ChoiceSettingProps<Name>) {
  const faultId = useId()
  const isWrong = useFault(path) !== undefined
  return (
    <div className={styles['row']}>
      <span className={styles['label']}>
        <Term name={label} id={choiceTerm(settingPath, value)} look="label" about={choices[value].label}>
          <strong>{choices[value].label}.</strong> {choices[value].explanation}
        </Term>
      </span>
      <Select
        label={label}
        value={value}
        options={optionsOf(choices)}
        onChange={onChange}
        className={styles['wide']}
        faultId={isWrong ? faultId : undefined}
      />
      <FaultLine id={faultId} path={path} />
    </div>
  )
}

/** Options in the order of the record. */
export function optionsOf<Name extends string>(choices: Readonly<Record<Name, Choice>>) {
  return (Object.keys(choices) as Name[]).map((value) => ({ value, label: choices[value].label }))
}
