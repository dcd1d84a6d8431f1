import { useMemo } from 'react'
import { keepsShape } from '../../experiment/dataKinds'
import { dataShape, type DataShape } from '../../experiment/dataShape'
import { activeDraft, activeRun } from '../../runs/contenders'
import { usePage } from '../pageContext'

/** What the draft's network has to fit; of files, as the run that reads them found out, and undefined before. */
export function useDataShape(): DataShape | undefined {
  const data = usePage((state) => activeDraft(state).spec.data)
  const read = usePage((state) => {
    const run = activeRun(state)
    return run && keepsShape(run.spec.data, data) ? run.started.data : undefined
  })
  return useMemo(() => {
    return dataShape(data) ?? read
  }, [data, read])
}
