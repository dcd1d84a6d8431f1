import { Hideable } from '../common/Hideable'
import { GalleryButton } from '../gallery/GalleryButton'
import { MethodLink } from '../method/MethodLink'
import { EngineBadge } from './EngineBadge'
import styles from './Header.module.css'
import { Help } from './Help'
import { Share } from './Share'
import { ThemeToggle } from './ThemeToggle'
import { UndoButtons } from './UndoButtons'

/** Name, presets, what computes, and the few things that are about the page rather than the run. */
export function Header({ helpId }: { readonly helpId: string }) {
  return (
    <header className={styles['header']}>
      <h1 className={styles['name']}>
        <Mark />
        <span className={styles['word']}>Saturascope</span>
      </h1>
      <Hideable part="presets">
        <GalleryButton />
      </Hideable>
      <div className={styles['tools']}>
        <Hideable part="undo">
          <div className={styles['history']}>
            <UndoButtons />
          </div>
        </Hideable>
        <Hideable part="engine">
          <EngineBadge />
        </Hideable>
        <Hideable part="method">
          <MethodLink className={styles['method']} />
        </Hideable>
        <Hideable part="share">
          <Share />
        </Hideable>
        <Hideable part="theme">
          <ThemeToggle />
        </Hideable>
        <Hideable part="help">
          <Help id={helpId} />
        </Hideable>
      </div>
    </header>
  )
}

/** The heatmap in small: three layers, each using less than the one before. */
function Mark() {
  return (
    <svg className={styles['mark']} width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
      <path d="M2 3h16v4H2z" opacity=".22" />
      <path d="M2 8h16v4H2z" opacity=".22" />
      <path d="M2 13h16v4H2z" opacity=".22" />
      <path d="M2 3h13v4H2zM2 8h8v4H2zM2 13h4v4H2z" />
    </svg>
  )
}
