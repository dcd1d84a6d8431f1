import type { LiveSettings } from '../experiment/spec'
import type { RunChange } from './state'

/** One entry per setting, as the log of a run keeps them. */
export function describeChanges(step: number, { dropout, ...settings }: LiveSettings): readonly RunChange[] {
  const rates = Object.entries(dropout ?? {}).map(([id, rate]) => ({
    step,
    path: `dropout of layer ${id}`,
    value: rate,
  }))
  return [...Object.entries(settings).map(([path, value]) => ({ step, path, value })), ...rates]
}
