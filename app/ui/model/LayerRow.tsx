import { useId, useState, type CSSProperties, type ReactNode } from 'react'
import { activationChoices } from '../../experiment/choices'
import type { LayerShape } from '../../experiment/architecture'
import { setActivation } from '../../experiment/edits'
import { layerNames } from '../../experiment/layerNames'
import type { LayerSpec } from '../../experiment/spec'
import { formatCount } from '../common/format'
import { Icon } from '../common/Icon'
import { Select } from '../common/Select'
import { useCommands } from '../pageContext'
import { optionsOf } from '../settings/ChoiceSetting'
import { FaultLine } from '../settings/FaultLine'
import { NumberSetting } from '../settings/NumberSetting'
import { useFault, useSpecEditor } from '../settings/useSpecEditor'
import { formatQuantity } from '../common/formatQuantity'
import styles from './LayerRow.module.css'
import { Units } from './Units'

interface LayerRowProps {
  /** With the width that is shown, which may be a preview. */
  readonly layer: LayerSpec
  readonly index: number
  readonly isOutput: boolean
  /** Undefined until the width of the input is known. */
  readonly shape: LayerShape | undefined
  /** CSS pixels by which the row is dragged from its place; undefined while it is not. */
  readonly lifted: number | undefined
  /** By which it is dragged, what can be done with it, and how wide it is; the output has only the last. */
  readonly grip: ReactNode
  readonly menu: ReactNode
  readonly usage: ReactNode
}

/** One layer: width and activation in plain sight, dropout and shapes when its name is opened. */
export function LayerRow({ layer, index, isOutput, shape, lifted, grip, menu, usage }: LayerRowProps) {
  const { spec, edit } = useSpecEditor()
  const commands = useCommands()
  const [isOpen, setOpen] = useState(false)
  const detailsId = useId()
  const name = layerNames(spec.layers.length)[index] ?? ''
  return (
    <li
      className={styles['layer']}
      style={{ '--lifted': `${lifted ?? 0}px` } as CSSProperties}
      data-layer={layer.id}
      data-lifted={lifted !== undefined}
    >
      {grip}
      <button
        type="button"
        className={styles['name']}
        aria-expanded={isOpen}
        aria-controls={detailsId}
        aria-keyshortcuts={isOutput ? undefined : 'Alt+ArrowUp Alt+ArrowDown'}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="chevron" />
        {name}
      </button>
      <Units name={name} index={index} units={layer.units} />
      {isOutput ? (
        <span className={styles['fixed']} title="The loss applies its own activation function.">
          linear
        </span>
      ) : (
        <Select
          label={`${name}, activation function`}
          value={layer.activation}
          options={optionsOf(activationChoices)}
          onChange={(activation) => edit((before) => setActivation(before, index, activation))}
        />
      )}
      {menu}
      {usage}
      <RowFaults index={index} isOutput={isOutput} />
      <div id={detailsId} className={styles['details']} hidden={!isOpen}>
        {!isOutput && (
          <NumberSetting
            path="layers.dropout"
            faultPath={`layers.${index}.dropout`}
            value={layer.dropout}
            onCommit={(dropout) => commands.change({ dropout: { [layer.id]: dropout } })}
          />
        )}
        {shape && <Shape shape={shape} />}
      </div>
    </li>
  )
}

/** “196 → 80 · 15,760 parameters · 31.4 kFLOP · 61.4 kB”. */
function Shape({ shape }: { readonly shape: LayerShape }) {
  const { inputWidth, outputWidth, parameters, flopsPerSample, activationBytes } = shape
  return (
    <p className={styles['shape']}>
      {formatCount(inputWidth)} → {formatCount(outputWidth)} · {formatCount(parameters)} parameters ·{' '}
      <span title={`${formatCount(flopsPerSample)} floating-point operations a sample`}>
        {formatQuantity(flopsPerSample, 'FLOP')}
      </span>{' '}
      ·{' '}
      <span title={`${formatCount(activationBytes)} bytes of activations`}>{formatQuantity(activationBytes, 'B')}</span>
    </p>
  )
}

/** Faults of the layer that belong to no field that is in plain sight. */
function RowFaults({ index, isOutput }: { readonly index: number; readonly isOutput: boolean }) {
  const whole = `layers.${index}`
  const paths = [whole, `${whole}.activation`, ...(isOutput ? [`${whole}.dropout`] : [])]
  return paths.map((path) => <RowFault key={path} path={path} />)
}

function RowFault({ path }: { readonly path: string }) {
  const id = useId()
  return (
    useFault(path) && (
      <div className={styles['fault']}>
        <FaultLine id={id} path={path} />
      </div>
    )
  )
}
