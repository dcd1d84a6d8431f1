import buttonStyles from '../common/Button.module.css'
import { Hideable } from '../common/Hideable'
import { Icon } from '../common/Icon'
import { joinClasses } from '../common/joinClasses'
import { Popover } from '../common/Popover'
import { Term } from '../common/Term'
import { MethodLink } from '../method/MethodLink'
import styles from './Help.module.css'
import { keys } from './useKeys'

/** What saturation means, in three sentences, and the keys. */
export function Help({ id }: { readonly id: string }) {
  return (
    <Popover
      id={id}
      label="Help"
      title="Help (?)"
      trigger={<Icon name="help" />}
      triggerClassName={joinClasses(buttonStyles['button'], buttonStyles['quiet'], buttonStyles['icon'])}
      width={380}
    >
      <h2 className={styles['title']}>What you are looking at</h2>
      <p>
        A layer with 128 units could vary in 128 <Term name="directions" id="direction" />, but the data it sees may
        move it along only a few.{' '}
        <strong>
          <Term name="Saturation" id="saturation" />
        </strong>{' '}
        is the share of directions it takes to hold 99 % of the variance of its outputs: 12 of 128 is 9 %. A layer that
        stays far below the others is wider than the task needs; one near 100 % has no room left.
      </p>
      <Hideable part="method">
        <p className={styles['more']}>
          <MethodLink>How it is measured, and how far to trust it</MethodLink>
        </p>
      </Hideable>
      <h2 className={styles['title']}>Keys</h2>
      <dl className={styles['keys']}>
        {keys.map(({ key, does }) => (
          <div key={key} className={styles['row']}>
            <dt>
              <kbd className={styles['key']}>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Popover>
  )
}
