import { parseSpecOrThrow } from '../experiment/schema'
import type { ExperimentDocument } from '../experiment/spec'
import type { Report, Request } from './protocol'
import { TrainingHost } from './trainingHost'

export const TINY: ExperimentDocument = {
  data: { kind: 'xor', samples: 60 },
  layers: [{ units: 5, activation: 'tanh' }, { units: 2 }],
  training: { batchSize: 8, steps: 40 },
  monitor: { samples: 60, cadence: 10 },
}

type ReportOf<Kind extends Report['kind']> = Extract<Report, { kind: Kind }>

/** A host on the float64 engine, and everything it says, in order. */
export function openHost() {
  const reports: Report[] = []
  const waiting: (() => void)[] = []
  const host = new TrainingHost((report) => {
    // What crosses to the page must survive the crossing.
    reports.push(structuredClone(report))
    for (const wake of waiting.splice(0)) wake()
  })
  const until = async <Kind extends Report['kind']>(
    kind: Kind,
    matches: (report: ReportOf<Kind>) => boolean = () => true,
  ): Promise<ReportOf<Kind>> => {
    for (;;) {
      const found = reports.find(
        (report): report is ReportOf<Kind> => report.kind === kind && matches(report as ReportOf<Kind>),
      )
      if (found) return found
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
  }
  const all = <Kind extends Report['kind']>(kind: Kind) =>
    reports.filter((report): report is ReportOf<Kind> => report.kind === kind)
  /** The loss of every step, from the first to at least `step`; then the run pauses. */
  const lossesUntil = async (step: number): Promise<readonly number[]> => {
    await until('frame', ({ frame }) => frame.step >= step)
    host.handle({ kind: 'pause' })
    await until('stopped')
    return all('frame').flatMap(({ frame }) => [...frame.losses.loss])
  }
  return { host, reports, until, all, lossesUntil }
}

export function start(
  run: string,
  document: ExperimentDocument = {},
  more: Partial<Extract<Request, { kind: 'start' }>> = {},
): Request {
  const spec = parseSpecOrThrow({ ...TINY, ...document })
  // Unless a test says otherwise, each start is a race of its own, as with a single run on the page.
  const place = { letter: 'A', race: Number(run) } as const
  return { kind: 'start', run, ...place, spec, engine: 'reference', pace: 'max', playing: true, ...more }
}
