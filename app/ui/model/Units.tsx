import { useId } from 'react'
import { setUnits } from '../../experiment/edits'
import { numberSettings } from '../../experiment/settings'
import { IconButton } from '../common/Button'
import { NumberInput } from '../common/NumberInput'
import { nextWidth } from '../common/parseNumber'
import { useNumberDraft } from '../common/useNumberDraft'
import { FaultLine } from '../settings/FaultLine'
import { useFault, useSpecEditor } from '../settings/useSpecEditor'
import styles from './Units.module.css'

interface UnitsProps {
  /** Of the layer: “hidden 2”. */
  readonly name: string
  readonly index: number
  readonly units: number
}

/** The layer's width as a number, and along usual widths; what is wrong with it below the row. */
export function Units({ name, index, units }: UnitsProps) {
  const { edit } = useSpecEditor()
  const faultId = useId()
  const { range } = numberSettings['layers.units']
  const limits = { min: range.minimum, max: range.maximum, integer: range.integer }
  const commit = (width: number) => edit((before) => setUnits(before, index, width))
  const path = `layers.${index}.units`
  const isRefused = useFault(path) !== undefined
  const draft = useNumberDraft({
    value: units,
    limits,
    step: 1,
    onCommit: (width) => width !== null && commit(width),
  })
  const [narrower, wider] = [nextWidth(units, -1), nextWidth(units, 1)]
  return (
    <>
      <div className={styles['units']}>
        <IconButton
          icon="minus"
          label={`${name}: ${narrower} units`}
          disabled={units <= limits.min}
          onClick={() => commit(narrower)}
        />
        <NumberInput
          label={`${name}, units`}
          className={styles['count']}
          draft={draft}
          value={units}
          limits={limits}
          refused={isRefused}
          faultId={faultId}
        />
        <IconButton
          icon="plus"
          label={`${name}: ${wider} units`}
          disabled={wider > limits.max}
          onClick={() => commit(wider)}
        />
      </div>
      <div className={styles['fault']}>
        <FaultLine id={faultId} path={path} typed={draft.fault} />
      </div>
    </>
  )
}
