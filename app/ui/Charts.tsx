import { activeRun } from '../runs/contenders'
import styles from './Charts.module.css'
import { ErrorBoundary } from './common/ErrorBoundary'
import { CurvesPanel } from './curves/CurvesPanel'
import { usePage } from './pageContext'
import { SaturationPanel } from './saturation/SaturationPanel'
import { SpectrumPanel } from './spectrum/SpectrumPanel'
import { SurfacePanel } from './surface/SurfacePanel'

/** The heatmap, large, and below it what explains it. Sizes depend on the window and the data, never on the numbers. */
export function Charts() {
  const isPlane = usePage((state) => activeRun(state)?.started.plane !== undefined)
  return (
    <div className={styles['charts']}>
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
  )
}
