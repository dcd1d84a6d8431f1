import { useId } from 'react'
import { changeLayer } from '../../experiment/edits'
import { pathOf, type LayerPlace } from '../../experiment/layerPlace'
import { numberSettings } from '../../experiment/settings'
import { IconButton } from '../common/Button'
import { NumberInput } from '../common/NumberInput'
import { nextWidth } from '../common/parseNumber'
import { useNumberDraft } from '../common/useNumberDraft'
import { FaultLine } from '../settings/FaultLine'
import { useFault, useSpecEditor } from '../settings/useSpecEditor'
import styles from './InlineNumber.module.css'

/** What a row has in plain sight: how wide a layer is, or how far a pool or an enlargement reaches. */
type InlineField = 'units' | 'channels' | 'size' | 'factor'

const NOUNS: Readonly<Record<InlineField, string>> = {
  units: 'units',
  channels: 'channels',
  size: 'window',
  factor: 'factor',
}

interface InlineNumberProps {
  /** Of the layer: “hidden 2”. */
  readonly name: string
  readonly place: LayerPlace
  readonly field: InlineField
  readonly value: number
}

/** A number of the layer, and along usual values; what is wrong with it below the row. */
export function InlineNumber({ name, place, field, value }: InlineNumberProps) {
  const { edit } = useSpecEditor()
  const faultId = useId()
  const { range } = numberSettings[`layers.${field}`]
  const limits = { min: range.minimum, max: range.maximum, integer: range.integer }
  const commit = (committed: number) =>
    edit((before) => changeLayer(before, place, (layer) => ({ ...layer, [field]: committed })))
  const path = `${pathOf(place)}.${field}`
  const isRefused = useFault(path) !== undefined
  const noun = NOUNS[field]
  const draft = useNumberDraft({ value, limits, step: 1, onCommit: (next) => next !== null && commit(next) })
  const isWidth = field === 'units' || field === 'channels'
  const next = (direction: 1 | -1) => (isWidth ? nextWidth(value, direction) : value + direction)
  const [less, more] = [next(-1), next(1)]
  const labelOf = (wanted: number) => (isWidth ? `${name}: ${wanted} ${noun}` : `${name}: ${noun} ${wanted}`)
  return (
    <>
      <div className={styles['number']}>
        <IconButton icon="minus" label={labelOf(less)} disabled={value <= limits.min} onClick={() => commit(less)} />
        <NumberInput
          label={`${name}, ${noun}`}
          className={styles['count']}
          draft={draft}
          value={value}
          limits={limits}
          refused={isRefused}
          faultId={faultId}
        />
        <IconButton icon="plus" label={labelOf(more)} disabled={more > limits.max} onClick={() => commit(more)} />
      </div>
      <div className={styles['fault']}>
        <FaultLine id={faultId} path={path} typed={draft.fault} />
      </div>
    </>
  )
}
