import { useId, useState } from 'react'
import type { LayerShape } from '../../experiment/architecture'
import { activationChoices } from '../../experiment/choices'
import { removeLayer, setActivation, setUnits } from '../../experiment/edits'
import { layerNames } from '../../experiment/layerNames'
import { numberSettings } from '../../experiment/settings'
import type { LayerSpec } from '../../experiment/spec'
import { IconButton } from '../common/Button'
import { formatCount } from '../common/format'
import { Icon } from '../common/Icon'
import { NumberInput } from '../common/NumberInput'
import { nextWidth } from '../common/parseNumber'
import { Select } from '../common/Select'
import { useNumberDraft } from '../common/useNumberDraft'
import { useCommands } from '../pageContext'
import { optionsOf } from '../settings/ChoiceSetting'
import { NumberSetting } from '../settings/NumberSetting'
import { useFault, useSpecEditor } from '../settings/useSpecEditor'
import styles from './LayerRow.module.css'
import { UsageBar } from './UsageBar'

interface LayerRowProps {
  readonly layer: LayerSpec
  readonly index: number
  readonly isOutput: boolean
  /** Undefined until the width of the input is known. */
  readonly shape: LayerShape | undefined
  /** Units of the network's widest layer: the length of the usage bars' scale. */
  readonly widest: number
}

/** One layer: width and activation in plain sight, dropout and shapes when its name is opened. */
export function LayerRow({ layer, index, isOutput, shape, widest }: LayerRowProps) {
  const { spec, edit } = useSpecEditor()
  const commands = useCommands()
  const [isOpen, setOpen] = useState(false)
  const detailsId = useId()
  const name = layerNames(spec.layers.length)[index] ?? ''
  return (
    <li className={styles['layer']}>
      <button
        type="button"
        className={styles['name']}
        aria-expanded={isOpen}
        aria-controls={detailsId}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="chevron" />
        {name}
      </button>
      <Units layer={layer} index={index} name={name} />
      {isOutput ? (
        <span className={styles['fixed']} title="The loss applies its own activation function.">
          linear
        </span>
      ) : (
        <>
          <Select
            label={`${name}, activation function`}
            className={styles['activation']}
            value={layer.activation}
            options={optionsOf(activationChoices)}
            onChange={(activation) => edit((before) => setActivation(before, index, activation))}
          />
          <IconButton
            icon="close"
            label={`Remove ${name}`}
            className={styles['remove']}
            onClick={() => edit((before) => removeLayer(before, index))}
          />
        </>
      )}
      <UsageBar layer={layer} widest={widest} />
      <RowFaults index={index} />
      <div id={detailsId} className={styles['details']} hidden={!isOpen}>
        {!isOutput && (
          <NumberSetting
            path="layers.dropout"
            faultPath={`layers.${index}.dropout`}
            value={layer.dropout}
            onCommit={(dropout) => commands.change({ dropout: { [layer.id]: dropout } })}
          />
        )}
        {shape && (
          <p className={styles['shape']}>
            {formatCount(shape.inputWidth)} → {formatCount(shape.outputWidth)}, {formatCount(shape.parameters)}{' '}
            parameters
          </p>
        )}
      </div>
    </li>
  )
}

function Units({ layer, index, name }: { readonly layer: LayerSpec; readonly index: number; readonly name: string }) {
  const { edit } = useSpecEditor()
  const faultId = useId()
  const { range } = numberSettings['layers.units']
  const limits = { min: range.minimum, max: range.maximum, integer: range.integer }
  const commit = (units: number) => edit((before) => setUnits(before, index, units))
  const refusal = useFault(`layers.${index}.units`)
  const draft = useNumberDraft({
    value: layer.units,
    limits,
    step: 1,
    onCommit: (units) => units !== null && commit(units),
  })
  const [narrower, wider] = [nextWidth(layer.units, -1), nextWidth(layer.units, 1)]
  const fault = draft.fault ?? refusal
  return (
    <>
      <div className={styles['units']}>
        <IconButton
          icon="minus"
          label={`${name}: ${narrower} units`}
          disabled={layer.units <= limits.min}
          onClick={() => commit(narrower)}
        />
        <NumberInput
          label={`${name}, units`}
          className={styles['count']}
          draft={draft}
          value={layer.units}
          limits={limits}
          refused={refusal !== undefined}
          faultId={faultId}
        />
        <IconButton
          icon="plus"
          label={`${name}: ${wider} units`}
          disabled={wider > limits.max}
          onClick={() => commit(wider)}
        />
      </div>
      <p id={faultId} className={styles['fault']} hidden={fault === undefined}>
        {fault}
      </p>
    </>
  )
}

/** Faults of the layer that belong to no field that is in plain sight. */
function RowFaults({ index }: { readonly index: number }) {
  const whole = useFault(`layers.${index}`)
  const activation = useFault(`layers.${index}.activation`)
  const fault = whole ?? activation
  return fault && <p className={styles['fault']}>{fault}</p>
}
