import type { LayerPlace } from '../../experiment/layerPlace'
import { joinClasses } from '../common/joinClasses'
import buttonStyles from '../common/Button.module.css'
import { Icon } from '../common/Icon'
import { moveFocus } from '../common/moveFocus'
import { Popover } from '../common/Popover'
import styles from './menus.module.css'
import { useModel } from './modelContext'

interface RowMenuProps {
  /** Of the layer: “hidden 2”. */
  readonly name: string
  readonly place: LayerPlace
  /** Among the layers it can change places with. */
  readonly isFirst: boolean
  readonly isLast: boolean
  /** Whether it may be removed: a block keeps one layer. */
  readonly canGo: boolean
}

/** What can be done with a row as a whole, also for those who cannot drag. */
export function RowMenu({ name, place, isFirst, isLast, canGo }: RowMenuProps) {
  const { actions } = useModel()
  const items = [
    { label: 'Move up', keys: 'Alt ↑', isOff: isFirst, act: () => actions.moveBy(place, -1, true) },
    { label: 'Move down', keys: 'Alt ↓', isOff: isLast, act: () => actions.moveBy(place, 1, true) },
    { label: 'Duplicate', act: () => actions.duplicate(place) },
    { label: 'Remove', isOff: !canGo, act: () => actions.remove(place) },
  ]
  return (
    <Popover
      label={`${name}: move, duplicate, remove`}
      trigger={<Icon name="more" />}
      triggerClassName={joinClasses(
        buttonStyles['button'],
        buttonStyles['quiet'],
        buttonStyles['icon'],
        styles['opens'],
      )}
      title="Move, duplicate, remove"
      width={168}
    >
      {(popoverId) => (
        // Keys bubble up from the buttons.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
        <ul className={styles['list']} onKeyDown={moveFocus}>
          {items.map(({ label, keys, isOff, act }) => (
            <li key={label}>
              <button
                type="button"
                className={styles['action']}
                disabled={isOff}
                popoverTarget={popoverId}
                popoverTargetAction="hide"
                onClick={act}
              >
                {label}
                {keys !== undefined && <kbd className={styles['keys']}>{keys}</kbd>}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Popover>
  )
}
