import { defaultPreset, presetSpec } from '../experiment/presets'
import type { ExperimentSpec } from '../experiment/spec'
import { createRunStore } from '../runs/store'
import type { Request, StartedRun } from '../worker/protocol'
import { PageCommands } from './commands'

export const SPEC = presetSpec(defaultPreset)

/** The page's commands with a run of `SPEC` going on, and what they ask of the worker. */
export function openPage(withoutGpu?: ExperimentSpec) {
  const sent: Request[] = []
  const store = createRunStore(SPEC, (publish) => publish())
  const commands = new PageCommands({ store, client: { send: (request) => sent.push(request) }, engine: 'auto' })
  commands.startFirst(withoutGpu)
  const engine = { engine: withoutGpu ? 'reference' : 'gpu', adapterName: '', software: false } as const
  store.receive({ kind: 'ready', engine })
  store.receive({ kind: 'started', run: '1', letter: 'A', started: startedRun(withoutGpu ?? SPEC) })
  sent.length = 0
  const starts = (): readonly ExperimentSpec[] =>
    sent.flatMap((request) => (request.kind === 'start' ? [request.spec] : []))
  return { store, commands, sent, starts }
}

export function startedRun(spec: ExperimentSpec): StartedRun {
  const data = {
    name: 'digits',
    task: { kind: 'classification', classes: 10, classNames: [] } as const,
    shape: { height: 14, width: 14, channels: 1 },
    features: 196,
    trainingCount: 4800,
    heldOutCount: 1200,
    notes: [],
    preview: { count: 0, inputs: new Float32Array(), targets: new Float32Array() },
  }
  return { spec, startStep: 0, outputs: [], variants: {}, data }
}
