import { lazy, Suspense } from 'react'
import { activeRun } from '../runs/contenders'
import styles from './Charts.module.css'
import { ErrorBoundary } from './common/ErrorBoundary'
import { CurvesPanel } from './curves/CurvesPanel'
import { usePage } from './pageContext'
import { SaturationPanel } from './saturation/SaturationPanel'
import { SpectrumPanel } from './spectrum/SpectrumPanel'
import { SurfacePanel } from './surface/SurfacePanel'

/** Loaded when there is something to compare. */
const ComparePanel = lazy(async () => ({ default: (await import('./compare/ComparePanel')).ComparePanel }))

/**
 * The heatmap, large, and below it what explains it; further down the comparison of several runs, whose first line is
 * in sight. Sizes depend on the window and the data, never on the numbers.
 */
export function Charts() {
  const isPlane = usePage((state) => activeRun(state)?.started.plane !== undefined)
  const isCompared = usePage((state) => state.contenders.length > 1)
  return (
    <>
      <div className={styles['charts']} data-compared={isCompared}>
        <div className={styles['saturation']}>
          <ErrorBoundary subject="The saturation chart">
            <SaturationPanel />
          </ErrorBoundary>
        </div>
        <div className={styles['details']} data-plane={isPlane}>
          <div className={styles['detail']}>
            <ErrorBoundary subject="The spectrum chart">
              <SpectrumPanel />
            </ErrorBoundary>
          </div>
          <div className={styles['detail']}>
            <ErrorBoundary subject="The loss chart">
              <CurvesPanel />
            </ErrorBoundary>
          </div>
          {isPlane && (
            <div className={styles['detail']}>
              <ErrorBoundary subject="The decision surface">
                <SurfacePanel />
              </ErrorBoundary>
            </div>
          )}
        </div>
      </div>
      {isCompared && (
        <div className={styles['comparison']}>
          <div className={styles['tall']}>
            <ErrorBoundary subject="The comparison">
              <Suspense>
                <ComparePanel />
              </Suspense>
            </ErrorBoundary>
          </div>
        </div>
      )}
    </>
  )
}
