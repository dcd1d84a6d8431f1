import { useId } from 'react'
import styles from './App.module.css'
import { Charts } from './Charts'
import { phoneQuery, useMediaQuery } from './common/useMediaQuery'
import { Header } from './controls/Header'
import { Notices } from './controls/Notices'
import { PlayBar } from './controls/PlayBar'
import { RunStatus } from './controls/RunStatus'
import { useKeys } from './controls/useKeys'
import { FileDrop } from './files/FileDrop'
import { Drawer } from './settings/Drawer'
import { Workbench } from './settings/Workbench'
import './theme/base.css'
import './theme/tokens.css'
import { useTheme } from './theme/useTheme'

/** The page. On a phone the workbench moves into a drawer and the play bar to the bottom edge. */
export function App() {
  const helpId = useId()
  useTheme()
  useKeys(helpId)
  const isPhone = useMediaQuery(phoneQuery)
  return (
    <div className={styles['page']}>
      <Header helpId={helpId} />
      <PlayBar extra={isPhone && <Drawer />} />
      {!isPhone && (
        <aside className={styles['workbench']} aria-label="Network and settings">
          <Workbench />
        </aside>
      )}
      <main className={styles['main']}>
        <Notices />
        <Charts />
      </main>
      <FileDrop />
      <RunStatus />
    </div>
  )
}
