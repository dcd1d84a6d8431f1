import type { RunState } from '../../runs/state'
import { formatCount } from '../common/format'

const name = 'Saturascope'

type TitledRun = Pick<RunState, 'playing' | 'stop' | 'step' | 'plannedSteps'>

/** What a tab says of the run: “▶ 412/2,000 · Saturascope”, “⏸ …”, “✓ 2,000 steps · …”, “⚠ stopped at 87 · …”. */
export function titleOf(run: TitledRun | undefined): string {
  if (!run) return name
  const { playing, stop, plannedSteps } = run
  const step = formatCount(run.step)
  const progress = `${step}/${formatCount(plannedSteps)}`
  if (playing) return `▶ ${progress} · ${name}`
  switch (stop?.kind) {
    case undefined:
      return name
    case 'paused':
      return `⏸ ${progress} · ${name}`
    case 'finished':
      return `✓ ${step} steps · ${name}`
    case 'non-finite':
    case 'device-lost':
    case 'failed':
      return `⚠ stopped at ${step} · ${name}`
  }
}
