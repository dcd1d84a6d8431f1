import { joinClasses } from '../common/joinClasses'
import buttonStyles from '../common/Button.module.css'
import { Icon } from '../common/Icon'
import { moveFocus } from '../common/moveFocus'
import { Popover } from '../common/Popover'
import styles from './menus.module.css'
import type { LayerActions } from './useLayerActions'

interface RowMenuProps {
  /** Of the layer: “hidden 2”. */
  readonly name: string
  readonly index: number
  /** How many hidden layers there are. */
  readonly hidden: number
  readonly actions: LayerActions
}

/** What can be done with a row as a whole, also for those who cannot drag. */
export function RowMenu({ name, index, hidden, actions }: RowMenuProps) {
  const items = [
    { label: 'Move up', keys: 'Alt ↑', isOff: index === 0, act: () => actions.move(index, index - 1, true) },
    { label: 'Move down', keys: 'Alt ↓', isOff: index === hidden - 1, act: () => actions.move(index, index + 1, true) },
    { label: 'Duplicate', act: () => actions.duplicate(index) },
    { label: 'Remove', act: () => actions.remove(index) },
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
