import { lazy, Suspense } from 'react'
import { activeRun } from '../runs/contenders'
import type { PageState } from '../runs/state'
import styles from './Charts.module.css'
import { ErrorBoundary } from './common/ErrorBoundary'
import { CurvesPanel } from './curves/CurvesPanel'
import { usePage } from './pageContext'
import { usePageOptions } from './pageOptionsContext'
import { SaturationPanel } from './saturation/SaturationPanel'
import { SpectrumPanel } from './spectrum/SpectrumPanel'

/** For data in the plane alone. */
const SurfacePanel = lazy(async () => ({ default: (await import('./surface/SurfacePanel')).SurfacePanel }))
/** For autoencoders of images alone. */
const ReconstructionPanel = lazy(async () => ({
  default: (await import('./reconstruction/ReconstructionPanel')).ReconstructionPanel,
}))

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
  reconstruction: (
    <ErrorBoundary subject="The reconstruction">
      <Suspense fallback={null}>
        <ReconstructionPanel />
      </Suspense>
    </ErrorBoundary>
  ),
}

/** The heatmap, large, and below it what explains it. Sizes depend on the window and the data, never on the numbers. */
export function Charts() {
  const answers = usePage(answersShown)
  const { hidden } = usePageOptions()
  const details = [
    ...(['spectrum', 'curves'] as const).filter((part) => !hidden.has(part)),
    ...(answers && !hidden.has('surface') ? [answers] : []),
  ]
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

/** The panel on what the network says, where that can be drawn. */
function answersShown(state: PageState): 'surface' | 'reconstruction' | undefined {
  const started = activeRun(state)?.started
  if (started?.plane) return 'surface'
  return started?.pictures ? 'reconstruction' : undefined
}
