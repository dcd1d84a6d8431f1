import { lazy, Suspense, useId } from 'react'
import styles from './App.module.css'
import { Charts } from './Charts'
import { ErrorBoundary } from './common/ErrorBoundary'
import { phoneQuery, useMediaQuery } from './common/useMediaQuery'
import { Comparison } from './Comparison'
import { RunBar } from './compare/RunBar'
import { Header } from './controls/Header'
import { Notices } from './controls/Notices'
import { PlayBar } from './controls/PlayBar'
import { RunStatus } from './controls/RunStatus'
import { useKeys } from './controls/useKeys'
import { usePageTitle } from './controls/usePageTitle'
import { FileDrop } from './files/FileDrop'
import { Drawer } from './settings/Drawer'
import { Workbench } from './settings/Workbench'
import './theme/base.css'
import './theme/tokens.css'
import { useTheme } from './theme/useTheme'

/** Rules and studies have nothing to say in the first second. */
const InsightsPanel = lazy(async () => ({ default: (await import('./insights/InsightsPanel')).InsightsPanel }))

/** The page. On a phone the workbench moves into a drawer and the play bar to the bottom edge. */
export function App() {
  const helpId = useId()
  useTheme()
  useKeys(helpId)
  usePageTitle()
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
        <RunBar />
        <Notices />
        <Charts />
        <div className={styles['insights']}>
          <ErrorBoundary subject="The insights">
            <Suspense fallback={null}>
              <InsightsPanel />
            </Suspense>
          </ErrorBoundary>
        </div>
        <Comparison />
      </main>
      <FileDrop />
      <RunStatus />
    </div>
  )
}
