import { lazy, Suspense } from 'react'
import { activeRun } from '../runs/contenders'
import styles from './Charts.module.css'
import { ErrorBoundary } from './common/ErrorBoundary'
import { CurvesPanel } from './curves/CurvesPanel'
import { usePage } from './pageContext'
import { usePageOptions } from './pageOptionsContext'
import { SaturationPanel } from './saturation/SaturationPanel'
import { SpectrumPanel } from './spectrum/SpectrumPanel'

/** For data in the plane alone. */
const SurfacePanel = lazy(async () => ({ default: (await import('./surface/SurfacePanel')).SurfacePanel }))

const panels = {
  spectrum: (
    <ErrorBoundary subject="The spectrum chart">
      <SpectrumPanel />
    </ErrorBoundary>
  ),
  curves: (
    <ErrorBoundary subject="The loss chart">
      <CurvesPanel />
    </ErrorBoundary>
  ),
  surface: (
    <ErrorBoundary subject="The decision surface">
      <Suspense fallback={null}>
        <SurfacePanel />
      </Suspense>
    </ErrorBoundary>
  ),
}

/** The heatmap, large, and below it what explains it. Sizes depend on the window and the data, never on the numbers. */
export function Charts() {
  const isPlane = usePage((state) => activeRun(state)?.started.plane !== undefined)
  const { hidden } = usePageOptions()
  const details = (['spectrum', 'curves', 'surface'] as const).filter(
    (part) => !hidden.has(part) && (part !== 'surface' || isPlane),
  )
  return (
    <div className={styles['charts']} data-details={details.length}>
      <div className={styles['saturation']}>
        <ErrorBoundary subject="The saturation chart">
          <SaturationPanel />
        </ErrorBoundary>
      </div>
      {details.length > 0 && (
        <div className={styles['details']}>
          {details.map((part) => (
            <div key={part} className={styles['detail']}>
              {panels[part]}
            </div>
          ))}
        </div>
      )}
    </div>
  )
}
