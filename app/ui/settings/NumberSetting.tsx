import { useId, useMemo } from 'react'
import { numberSettings, type NumberSettingPath } from '../../experiment/settings'
import { IconButton } from '../common/Button'
import { joinClasses } from '../common/joinClasses'
import { NumberInput } from '../common/NumberInput'
import { nextWidth } from '../common/parseNumber'
import { Slider } from '../common/Slider'
import { sliderScale } from '../common/sliderScale'
import { Term } from '../common/Term'
import { useNumberDraft } from '../common/useNumberDraft'
import { numberTerms } from '../glossary/settingTerms'
import { FaultLine } from './FaultLine'
import styles from './rows.module.css'
import { useFault } from './useSpecEditor'

interface NumberSettingProps {
  readonly path: NumberSettingPath
  /** Where faults of it are reported, if not at `path`: “layers.1.dropout”. */
  readonly faultPath?: string
  readonly value: number
  readonly onCommit: (value: number) => void
  /** `slider`: what is worth trying, beside the free number; `stepper`: along usual sizes; `field`: the number alone. */
  readonly control?: 'slider' | 'stepper' | 'field'
  /** Largest value other settings leave, where that is less than the setting's own. */
  readonly maximum?: number
}

/** One number of the spec: its name explains itself, and any value in its range can be typed. */
export function NumberSetting({
  path,
  faultPath = path,
  value,
  onCommit,
  control = 'slider',
  maximum,
}: NumberSettingProps) {
  return (
    <NumberRow
      path={path}
      faultPath={faultPath}
      value={value}
      control={control}
      {...(maximum === undefined ? {} : { maximum })}
      onCommit={(committed) => committed !== null && onCommit(committed)}
    />
  )
}

interface OptionalNumberSettingProps {
  readonly path: NumberSettingPath
  readonly value: number | null
  readonly onCommit: (value: number | null) => void
  /** What an empty field means: “none”. */
  readonly empty: string
}

/** A number that may be left out by emptying its field. */
export function OptionalNumberSetting({ path, value, onCommit, empty }: OptionalNumberSettingProps) {
  return <NumberRow path={path} faultPath={path} value={value} control="field" onCommit={onCommit} empty={empty} />
}

interface NumberRowProps {
  readonly path: NumberSettingPath
  readonly faultPath: string
  readonly value: number | null
  readonly control: 'slider' | 'stepper' | 'field'
  readonly onCommit: (value: number | null) => void
  readonly empty?: string
  readonly maximum?: number
}

function NumberRow({ path, faultPath, value, control, onCommit, empty, maximum = Infinity }: NumberRowProps) {
  const setting = numberSettings[path]
  const { range, slider, label, unit } = setting
  const faultId = useId()
  const refusal = useFault(faultPath)
  const limits = { min: range.minimum, max: Math.min(range.maximum, maximum), integer: range.integer }
  const draft = useNumberDraft({ value, limits, step: stepNear(value, range), onCommit, nullable: empty !== undefined })
  const scale = useMemo(
    () => sliderScale({ ...slider, high: Math.min(slider.high, maximum) }, range.step, range.minimum === 0),
    [slider, range, maximum],
  )
  return (
    <div className={joinClasses(styles['row'], styles[control])}>
      <span className={styles['label']}>
        <Term name={label} id={numberTerms[path]?.term} look="label">
          {setting.explanation}
        </Term>
      </span>
      {control === 'slider' && value !== null && (
        <Slider label={label} value={value} scale={scale} onCommit={onCommit} />
      )}
      {control === 'stepper' && value !== null && (
        <Steps label={label} value={value} range={limits} onCommit={onCommit} />
      )}
      <NumberInput
        label={unit ? `${label}, ${unit}` : label}
        draft={draft}
        value={value}
        limits={limits}
        refused={refusal !== undefined}
        faultId={faultId}
        {...(empty === undefined ? {} : { placeholder: empty })}
      />
      <FaultLine id={faultId} path={faultPath} typed={draft.fault} />
    </div>
  )
}

interface StepsProps {
  readonly label: string
  readonly value: number
  readonly range: { readonly min: number; readonly max: number }
  readonly onCommit: (value: number) => void
}

function Steps({ label, value, range, onCommit }: StepsProps) {
  const [down, up] = [nextWidth(value, -1), nextWidth(value, 1)]
  return (
    <span className={styles['steps']}>
      <IconButton
        icon="minus"
        label={`${label}: ${down}`}
        disabled={value <= range.min}
        onClick={() => onCommit(down)}
      />
      <IconButton icon="plus" label={`${label}: ${up}`} disabled={up > range.max} onClick={() => onCommit(up)} />
    </span>
  )
}

/** An arrow key's step: the setting's own, but where that is far below the value a tenth of the value's magnitude. */
function stepNear(value: number | null, range: { readonly step: number; readonly integer: boolean }): number {
  if (range.integer || value === null || value === 0) return range.step
  return Math.max(range.step, 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1))
}
