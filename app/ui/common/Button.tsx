import type { ComponentProps } from 'react'
import styles from './Button.module.css'
import { Icon, type IconName } from './Icon'
import { joinClasses } from './joinClasses'

interface ButtonProps extends Omit<ComponentProps<'button'>, 'type'> {
  /** `quiet`: text alone; `line`: a hairline around it; `strong`: filled, for the one thing to do next. */
  readonly look?: 'quiet' | 'line' | 'strong'
}

export function Button({ look = 'line', className, ...rest }: ButtonProps) {
  return <button type="button" className={joinClasses(styles['button'], styles[look], className)} {...rest} />
}

interface IconButtonProps extends Omit<ButtonProps, 'children' | 'aria-label'> {
  readonly icon: IconName
  /** Read by screen readers and shown on hover. */
  readonly label: string
  /** The key that does the same, as on the keyboard: “Space”. */
  readonly shortcut?: string
}

export function IconButton({ icon, label, shortcut, look = 'quiet', className, ...rest }: IconButtonProps) {
  return (
    <Button
      look={look}
      className={joinClasses(styles['icon'], className)}
      aria-label={label}
      aria-keyshortcuts={shortcut}
      title={shortcut ? `${label} (${shortcut})` : label}
      {...rest}
    >
      <Icon name={icon} />
    </Button>
  )
}
