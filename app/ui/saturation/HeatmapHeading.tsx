import { memo } from 'react'
import type { Letter } from '../../runs/state'
import { RunMark } from '../compare/RunMark'
import { useCommands } from '../pageContext'
import styles from './saturation.module.css'

interface HeatmapHeadingProps {
  readonly letter: Letter
  readonly note: string | undefined
  readonly isActive: boolean
  readonly height: number
}

/** Whose heatmap it is; pressing it makes that run the active one. */
export const HeatmapHeading = memo(function HeatmapHeading(props: HeatmapHeadingProps) {
  const { letter, note, isActive, height } = props
  const commands = useCommands()
  return (
    <figcaption className={styles['heading']} style={{ height, top: -height }}>
      <button
        type="button"
        className={styles['whose']}
        aria-pressed={isActive}
        aria-label={`Run ${letter}, the one to look at closely`}
        title={isActive ? undefined : `Edit and look closely at ${letter}`}
        onClick={() => commands.activate(letter)}
      >
        <RunMark letter={letter} />
      </button>
      {note !== undefined && <span className={styles['what']}>{note}</span>}
    </figcaption>
  )
})
