import { presets, presetSpec } from '../../experiment/presets'
import { activeDraft } from '../../runs/contenders'
import buttonStyles from '../common/Button.module.css'
import { Icon } from '../common/Icon'
import { joinClasses } from '../common/joinClasses'
import { Popover } from '../common/Popover'
import { useCommands, usePage } from '../pageContext'
import styles from './PresetMenu.module.css'

/** Experiments worth seeing, each with what it shows; the button carries the name of the one on screen. */
export function PresetMenu() {
  const name = usePage((state) => activeDraft(state).spec.name)
  const commands = useCommands()
  return (
    <Popover
      label={`Experiment: ${name}. Choose another`}
      trigger={
        <>
          <span className={styles['current']}>{name}</span>
          <Icon name="chevron" />
        </>
      }
      triggerClassName={joinClasses(buttonStyles['button'], buttonStyles['line'], styles['trigger'])}
      width={400}
    >
      {(popoverId) => (
        <ul className={styles['list']}>
          {presets.map((preset) => (
            <li key={preset.id}>
              <button
                type="button"
                className={styles['preset']}
                aria-current={preset.title === name}
                popoverTarget={popoverId}
                popoverTargetAction="hide"
                onClick={() => commands.edit(presetSpec(preset))}
              >
                <strong>{preset.title}</strong>
                <span className={styles['description']}>{preset.description}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Popover>
  )
}
