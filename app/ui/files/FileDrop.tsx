import { useEffect, useState } from 'react'
import type { Commands } from '../../runs/commands'
import { Icon } from '../common/Icon'
import { useCommands } from '../pageContext'
import { collectDropped } from './droppedFiles'
import styles from './FileDrop.module.css'

/** Makes the whole page a place to drop files on, and says so while files are above it. */
export function FileDrop() {
  const commands = useCommands()
  const [isOver, setOver] = useState(false)

  useEffect(() => {
    const listening = new AbortController()
    const { signal } = listening
    const onDragOver = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      // Without this the browser opens the file instead, and the experiment is gone.
      event.preventDefault()
      setOver(true)
    }
    const onDragLeave = (event: DragEvent) => {
      // Left for another element of the page it names that element; left for outside it names none.
      if (event.relatedTarget === null) setOver(false)
    }
    const onDrop = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      setOver(false)
      if (event.dataTransfer) void readDropped(event.dataTransfer, commands)
    }
    window.addEventListener('dragover', onDragOver, { signal })
    window.addEventListener('dragleave', onDragLeave, { signal })
    window.addEventListener('drop', onDrop, { signal })
    return () => listening.abort()
  }, [commands])

  if (!isOver) return null
  return (
    <div className={styles['overlay']}>
      <div className={styles['frame']}>
        <Icon name="file" />
        <p className={styles['invitation']}>Drop to read</p>
        <p>MNIST files (images and labels, .gz too), CIFAR-10, a folder of pictures for each class, or a CSV table.</p>
        <p>Files never leave your machine.</p>
      </div>
    </div>
  )
}

async function readDropped(transfer: DataTransfer, commands: Commands): Promise<void> {
  const { files, paths } = await collectDropped(transfer)
  if (files.length > 0) commands.readFiles(files, paths)
}

function carriesFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false
}
