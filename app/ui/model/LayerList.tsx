import { useRef, type CSSProperties, type KeyboardEvent } from 'react'
import type { LayerShape } from '../../experiment/architecture'
import { layerNames } from '../../experiment/layerNames'
import { numberSettings } from '../../experiment/settings'
import type { ExperimentSpec } from '../../experiment/spec'
import { Icon } from '../common/Icon'
import styles from './LayerList.module.css'
import { LayerRow } from './LayerRow'
import { RowMenu } from './RowMenu'
import { UsageBar } from './UsageBar'
import type { LayerActions } from './useLayerActions'
import { useRowDrag } from './useRowDrag'
import { WidthHandle } from './WidthHandle'
import { widthScale } from './widthScale'

/** A layer's width while its handle moves. */
export interface WidthPreview {
  /** Of the layer. */
  readonly id: number
  readonly units: number
}

interface LayerListProps {
  readonly spec: ExperimentSpec
  readonly preview: WidthPreview | undefined
  /** By layer; undefined until the width of the input is known. */
  readonly shapes: readonly LayerShape[] | undefined
  readonly actions: LayerActions
  readonly onPreview: (preview: WidthPreview | undefined) => void
  /** A handle was let go. */
  readonly onWidth: (index: number, units: number) => void
}

/** The layers in order; the hidden ones change places by drag or with Alt and an arrow key, the output stays last. */
export function LayerList({ spec, preview, shapes, actions, onPreview, onWidth }: LayerListProps) {
  const { layers } = spec
  const hidden = layers.length - 1
  const list = useRef<HTMLOListElement>(null)
  const { drag, mark, gripOf } = useRowDrag(list, hidden, (from, to) => actions.move(from, to, true))
  const scale = widthScale(Math.max(...layers.map(({ units }) => units)), numberSettings['layers.units'].range.maximum)
  const names = layerNames(layers.length)

  const onKeyDown = (event: KeyboardEvent<HTMLOListElement>) => {
    const direction = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    const row = [...event.currentTarget.children].findIndex((child) => child.contains(event.target as Node))
    // Alt and an arrow opens a select, and means nothing to the output.
    if (!event.altKey || direction === 0 || event.target instanceof HTMLSelectElement || row < 0 || row >= hidden)
      return
    event.preventDefault()
    event.stopPropagation()
    actions.move(row, row + direction, false)
  }

  return (
    // Keys are caught on their way down: number fields have a meaning of their own for arrows.
    <ol ref={list} className={styles['layers']} data-dragging={drag !== undefined} onKeyDownCapture={onKeyDown}>
      {layers.map((layer, index) => {
        const name = names[index] ?? ''
        const isOutput = index === hidden
        const isDragged = preview?.id === layer.id
        const shown = isDragged ? { ...layer, units: preview.units } : layer
        const handle = (used: number | undefined) => (
          <WidthHandle
            {...{ name, used, scale }}
            units={shown.units}
            committed={layer.units}
            onPreview={(units) => onPreview(units === undefined ? undefined : { id: layer.id, units })}
            onWidth={(units) => onWidth(index, units)}
          />
        )
        return (
          <LayerRow
            key={layer.id}
            layer={shown}
            index={index}
            isOutput={isOutput}
            shape={shapes?.[index]}
            lifted={drag?.from === index ? drag.offset : undefined}
            grip={!isOutput && <Grip {...gripOf(index)} />}
            menu={!isOutput && <RowMenu {...{ name, index, hidden, actions }} />}
            usage={<UsageBar layer={shown} scale={scale} isDragged={isDragged} handle={!isOutput && handle} />}
          />
        )
      })}
      {mark !== undefined && (
        <li className={styles['mark']} style={{ '--place': `${mark}px` } as CSSProperties} aria-hidden="true" />
      )}
    </ol>
  )
}

/** For pointers alone: keys have Alt and an arrow, and everybody the row's menu. */
function Grip(handlers: ReturnType<ReturnType<typeof useRowDrag>['gripOf']>) {
  return (
    <span className={styles['grip']} title="Drag to move" aria-hidden="true" {...handlers}>
      <Icon name="grip" />
    </span>
  )
}
