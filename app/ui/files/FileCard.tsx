import { useEffect, useRef } from 'react'
import type { FileReading } from '../../runs/state'
import { Button } from '../common/Button'
import { joinClasses } from '../common/joinClasses'
import { useCommands, usePage } from '../pageContext'
import { FileResult } from './FileResult'
import styles from './files.module.css'
import { nameFiles } from './nameFiles'

/** What became of the files: being read, refused, or ready to train on. The experiment goes on in all three. */
export function FileCard() {
  const files = usePage((state) => state.files)
  const card = useRef<HTMLDivElement>(null)
  // Files can be dropped while the workbench is scrolled far from here.
  useEffect(() => {
    if (files.kind !== 'none') card.current?.scrollIntoView({ block: 'nearest' })
  }, [files.kind])
  if (files.kind === 'none') return null
  return (
    <div ref={card} className={joinClasses(styles['card'], files.kind === 'refused' && styles['refused'])}>
      <Content files={files} />
    </div>
  )
}

function Content({ files }: { readonly files: Exclude<FileReading, { kind: 'none' }> }) {
  switch (files.kind) {
    case 'reading':
      return <Reading files={files} />
    case 'refused':
      return <Refused files={files} />
    case 'read':
      return <FileResult files={files} />
  }
}

function Reading({ files }: { readonly files: Extract<FileReading, { kind: 'reading' }> }) {
  const commands = useCommands()
  const percent = Math.round(files.fraction * 100)
  return (
    <>
      <p className={styles['names']}>{nameFiles(files.names)}</p>
      <progress className={styles['progress']} max={1} value={files.fraction} aria-label="Reading files" />
      <div className={styles['actions']}>
        <p className={styles['quiet']}>
          {files.doing} <span className={styles['percent']}>{percent} %</span>
        </p>
        <Button onClick={() => commands.cancelFiles()}>Cancel</Button>
      </div>
    </>
  )
}

function Refused({ files }: { readonly files: Extract<FileReading, { kind: 'refused' }> }) {
  const commands = useCommands()
  return (
    <>
      <p role="alert" className={styles['message']}>
        {files.message}
      </p>
      <div className={styles['actions']}>
        <p className={styles['quiet']}>The experiment goes on untouched.</p>
        <Button onClick={() => commands.cancelFiles()}>Dismiss</Button>
      </div>
    </>
  )
}
