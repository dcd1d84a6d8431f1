import { useId } from 'react'
import styles from './App.module.css'
import { Below } from './Below'
import { Charts } from './Charts'
import { Hideable } from './common/Hideable'
import { phoneQuery, useMediaQuery } from './common/useMediaQuery'
import { RunBar } from './compare/RunBar'
import { Header } from './controls/Header'
import { Notices } from './controls/Notices'
import { OpenWhole } from './controls/OpenWhole'
import { PlayBar } from './controls/PlayBar'
import { RunStatus } from './controls/RunStatus'
import { useKeys } from './controls/useKeys'
import { usePageTitle } from './controls/usePageTitle'
import { FileDrop } from './files/FileDrop'
import { MethodDialog } from './method/MethodDialog'
import type { PageOptions } from './pageOptions'
import { PageOptionsContext, usePageOptions } from './pageOptionsContext'
import { Drawer } from './settings/Drawer'
import { hasWorkbench, Workbench } from './settings/Workbench'
import './theme/base.css'
import './theme/tokens.css'
import { useTheme } from './theme/useTheme'

/** The page, as its address asked for it. */
export function App({ options }: { readonly options: PageOptions }) {
  return (
    <PageOptionsContext value={options}>
      <Page />
    </PageOptionsContext>
  )
}

/** On a phone the workbench moves into a drawer and the play bar to the bottom edge. */
function Page() {
  const helpId = useId()
  const options = usePageOptions()
  useTheme()
  useKeys(helpId)
  usePageTitle()
  const isPhone = useMediaQuery(phoneQuery)
  const isWorkbenchShown = hasWorkbench(options)
  return (
    <div className={styles['page']} data-embedded={options.isEmbedded} data-workbench={isWorkbenchShown}>
      {!options.isEmbedded && <Header helpId={helpId} />}
      <PlayBar extra={isPhone && isWorkbenchShown && <Drawer />} />
      {!isPhone && isWorkbenchShown && (
        <aside className={styles['workbench']} aria-label="Network and settings">
          <Workbench />
        </aside>
      )}
      <main className={styles['main']}>
        <div className={styles['screen']}>
          <Hideable part="runs">
            <RunBar />
          </Hideable>
          <Notices />
          <Charts />
          {options.isEmbedded && <OpenWhole />}
        </div>
        <Below />
      </main>
      <Hideable part="data">
        <FileDrop />
      </Hideable>
      <RunStatus />
      <MethodDialog />
    </div>
  )
}
