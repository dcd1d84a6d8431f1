import { lazy, Suspense, type ReactNode } from 'react'
import { classifies } from '../runs/classifies'
import { activeRun } from '../runs/contenders'
import styles from './Below.module.css'
import { ErrorBoundary } from './common/ErrorBoundary'
import { Hideable } from './common/Hideable'
import { usePage } from './pageContext'

/** Rules and studies have nothing to say in the first second. */
const InsightsPanel = lazy(async () => ({ default: (await import('./insights/InsightsPanel')).InsightsPanel }))
/** Below the first screen of most windows. */
const DepthPanel = lazy(async () => ({ default: (await import('./depth/DepthPanel')).DepthPanel }))
const ConfusionPanel = lazy(async () => ({ default: (await import('./confusion/ConfusionPanel')).ConfusionPanel }))
const TryItPanel = lazy(async () => ({ default: (await import('./tryit/TryItPanel')).TryItPanel }))
/** Loaded with the second run. */
const ComparePanel = lazy(async () => ({ default: (await import('./compare/ComparePanel')).ComparePanel }))

/** Below the charts, to be scrolled to: what can be read from the run, and several runs against each other. */
export function Below() {
  const isCompared = usePage((state) => state.contenders.length > 1)
  const hasClasses = usePage((state) => {
    const run = activeRun(state)
    return run !== undefined && classifies(run)
  })
  // Of the plane, every point is on the decision surface.
  const canTry = usePage((state) => {
    const run = activeRun(state)
    return run !== undefined && !run.started.plane
  })
  return (
    <>
      <Hideable part="insights">
        <Part subject="The insights">
          <InsightsPanel />
        </Part>
      </Hideable>
      <Hideable part="depth">
        <Part subject="The figure of depth">
          <DepthPanel />
        </Part>
      </Hideable>
      {hasClasses && (
        <Hideable part="confusion">
          <Part subject="The confusion matrix">
            <ConfusionPanel />
          </Part>
        </Hideable>
      )}
      {canTry && (
        <Hideable part="tryit">
          <Part subject="The panel that shows single samples">
            <TryItPanel />
          </Part>
        </Hideable>
      )}
      {isCompared && (
        <Hideable part="comparison">
          <Part subject="The comparison">
            <ComparePanel />
          </Part>
        </Hideable>
      )}
    </>
  )
}

function Part({ subject, children }: { readonly subject: string; readonly children: ReactNode }) {
  return (
    <div className={styles['part']}>
      <ErrorBoundary subject={subject}>
        <Suspense fallback={null}>{children}</Suspense>
      </ErrorBoundary>
    </div>
  )
}
