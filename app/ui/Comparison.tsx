import { lazy, Suspense } from 'react'
import { ErrorBoundary } from './common/ErrorBoundary'
import styles from './Comparison.module.css'
import { usePage } from './pageContext'

const ComparePanel = lazy(async () => ({ default: (await import('./compare/ComparePanel')).ComparePanel }))

/** Several runs against each other, below everything else and with the first line in sight; loaded with the second run. */
export function Comparison() {
  const isCompared = usePage((state) => state.contenders.length > 1)
  if (!isCompared) return null
  return (
    <div className={styles['comparison']}>
      <div className={styles['whole']}>
        <ErrorBoundary subject="The comparison">
          <Suspense>
            <ComparePanel />
          </Suspense>
        </ErrorBoundary>
      </div>
    </div>
  )
}
