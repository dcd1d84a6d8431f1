import { useRef } from 'react'
import { Button } from '../common/Button'
import { Icon } from '../common/Icon'
import { useCommands } from '../pageContext'
import styles from './files.module.css'

/** The way to one's own data for those who do not drag: files, or a folder of pictures. */
export function FilePicker() {
  return (
    <div className={styles['picker']}>
      <div className={styles['ways']}>
        <Chooser label="Files to read" words="Your files…" hasIcon />
        <Chooser label="Folder of pictures to read" words="A folder…" isFolder />
      </div>
      <p className={styles['quiet']}>Files never leave your machine.</p>
    </div>
  )
}

interface ChooserProps {
  readonly label: string
  readonly words: string
  readonly hasIcon?: boolean
  readonly isFolder?: boolean
}

function Chooser({ label, words, hasIcon = false, isFolder = false }: ChooserProps) {
  const input = useRef<HTMLInputElement>(null)
  const commands = useCommands()
  const read = () => {
    const element = input.current
    if (!element?.files?.length) return
    const files = [...element.files]
    commands.readFiles(
      files,
      files.map((file) => file.webkitRelativePath || file.name),
    )
    // Choosing the same file again must count as a choice.
    element.value = ''
  }
  return (
    <>
      <Button onClick={() => input.current?.click()}>
        {hasIcon && <Icon name="file" />}
        {words}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={label}
        onChange={read}
        {...(isFolder ? { webkitdirectory: '' } : {})}
      />
    </>
  )
}
