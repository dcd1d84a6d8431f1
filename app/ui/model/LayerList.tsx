import { useRef, type CSSProperties, type KeyboardEvent } from 'react'
import { nameAt } from '../../experiment/layerNames'
import { everyLayer } from '../../experiment/layerPlace'
import { Icon } from '../common/Icon'
import { BlockLayers } from './BlockLayers'
import styles from './LayerList.module.css'
import { LayerRow } from './LayerRow'
import { useModel } from './modelContext'
import { RowMenu } from './RowMenu'
import { useRowDrag } from './useRowDrag'

/** The layers in order; the hidden ones change places by drag or with Alt and an arrow key, the output stays last. */
export function LayerList() {
  const { spec, actions } = useModel()
  const { layers } = spec
  const hidden = layers.length - 1
  const list = useRef<HTMLOListElement>(null)
  const { drag, mark, gripOf } = useRowDrag(list, hidden, (from, to) => actions.move(from, to, true))

  const onKeyDown = (event: KeyboardEvent<HTMLOListElement>) => {
    const direction = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    // Alt and an arrow opens a select, and means nothing to the output.
    if (!event.altKey || direction === 0 || event.target instanceof HTMLSelectElement) return
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-layer]') : null
    const found = everyLayer(layers).find(({ layer }) => String(layer.id) === row?.dataset['layer'])
    if (!found || found.place === hidden) return
    event.preventDefault()
    event.stopPropagation()
    actions.moveBy(found.place, direction, false)
  }

  return (
    // Keys are caught on their way down: number fields have a meaning of their own for arrows.
    <ol ref={list} className={styles['layers']} data-dragging={drag !== undefined} onKeyDownCapture={onKeyDown}>
      {layers.map((layer, index) =>
        index === hidden ? (
          <LayerRow key={layer.id} place={index} />
        ) : (
          <LayerRow
            key={layer.id}
            place={index}
            lifted={drag?.from === index ? drag.offset : undefined}
            grip={<Grip {...gripOf(index)} />}
            inner={layer.kind === 'residual' && <BlockLayers index={index} block={layer} />}
            menu={
              <RowMenu
                name={nameAt(layers, index)}
                place={index}
                isFirst={index === 0}
                isLast={index === hidden - 1}
                canGo
              />
            }
          />
        ),
      )}
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
