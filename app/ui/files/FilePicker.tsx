import { useRef } from 'react'
import { Button } from '../common/Button'
import { Icon } from '../common/Icon'
import { useCommands } from '../pageContext'
import styles from './files.module.css'

/** The way to one's own data for those who do not drag. */
export function FilePicker() {
  const input = useRef<HTMLInputElement>(null)
  const commands = useCommands()
  const read = () => {
    const element = input.current
    if (!element?.files?.length) return
    commands.readFiles([...element.files])
    // Choosing the same file again must count as a choice.
    element.value = ''
  }
  return (
    <div className={styles['picker']}>
      <Button onClick={() => input.current?.click()}>
        <Icon name="file" />
        Your files…
      </Button>
      <input ref={input} type="file" multiple hidden aria-label="Files to read" onChange={read} />
      <p className={styles['quiet']}>Files never leave your machine.</p>
    </div>
  )
}
