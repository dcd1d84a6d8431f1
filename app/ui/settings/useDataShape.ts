import { useMemo } from 'react'
import { dataShape, type DataShape } from '../../experiment/dataShape'
import { activeDraft, activeRun } from '../../runs/contenders'
import { usePage } from '../pageContext'

/** What the draft's network has to fit; of files, as the run that reads them found out, and undefined before. */
export function useDataShape(): DataShape | undefined {
  const data = usePage((state) => activeDraft(state).spec.data)
  const read = usePage((state) => {
    const run = activeRun(state)
    return run?.spec.data.kind === data.kind ? run.started.data : undefined
  })
  return useMemo(() => {
    const generated = dataShape(data)
    if (generated || !read) return generated
    return { features: read.sampleShape.reduce((product, size) => product * size, 1), task: read.task }
  }, [data, read])
}
