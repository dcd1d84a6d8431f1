import { expect, test } from 'vitest'
import { createDataset } from '../data/createDataset'
import { parseSpecOrThrow } from '../experiment/schema'
import { GpuError } from '../gpu/errors'
import { activeContender } from '../runs/contenders'
import { InstantSession } from '../training/schedulerTesting'
import { LiveRun } from '../worker/liveRun'
import type { Report } from '../worker/protocol'
import { openPage, SPEC } from './pageTesting'

/** A run whose session cannot be sampled otherwise, for this reason. */
function openRun(reason: Error) {
  const reports: Report[] = []
  const session = new InstantSession()
  session.resample.mockRejectedValue(reason)
  const spec = parseSpecOrThrow({ data: { kind: 'xor', samples: 20 } })
  if (spec.data.kind !== 'xor') throw new Error('a spec for points came back as something else')
  const dataset = createDataset(spec.data, spec.seed)
  const post = (report: Report) => void reports.push(report)
  const run = new LiveRun({
    id: '1',
    spec,
    dataset,
    fileData: undefined,
    session,
    plane: undefined,
    pictures: undefined,
    post,
  })
  return { run, reports }
}

test('a sampling that the adapter cannot hold is refused, and the page goes back to what is in force', async () => {
  const { run, reports } = openRun(new GpuError('out-of-memory', 'The GPU is out of memory.'))
  expect(await run.change({ sampling: 'flatten' })).toBe(false)
  expect(reports).toEqual([
    {
      kind: 'samplingRefused',
      run: '1',
      refused: 'flatten',
      inForce: 'channelwise',
      message: 'The GPU is out of memory.',
    },
  ])

  const { commands, store, sent } = openPage()
  const samplings = () => {
    const { draft, run: shown } = activeContender(store.getState())
    return [draft.spec.monitor.sampling, shown?.spec.monitor.sampling]
  }
  commands.change({ sampling: 'flatten' })
  expect(samplings()).toEqual(['flatten', 'flatten'])
  for (const report of reports) {
    store.receive(report)
    commands.receive(report)
  }
  expect(samplings()).toEqual(['channelwise', 'channelwise'])
  expect(store.getState().notice).toContain('training goes on as it was. The GPU is out of memory.')
  expect(activeContender(store.getState()).run?.stop).toBeUndefined()
  // Asked for again, it is tried again.
  commands.change({ sampling: 'flatten' })
  const change = { kind: 'change', run: '1', settings: { sampling: 'flatten' } }
  expect(sent).toEqual([change, change])
  expect(store.getState().contenders[0].draft.spec.layers).toEqual(SPEC.layers)
})

test('what was edited meanwhile stays', () => {
  const { commands, store } = openPage()
  commands.change({ sampling: 'flatten' })
  commands.change({ sampling: 'mean' })
  const refusal = { run: '1', refused: 'flatten', inForce: 'channelwise', message: 'no room' } as const
  commands.receive({ kind: 'samplingRefused', ...refusal })
  expect(activeContender(store.getState()).draft.spec.monitor.sampling).toBe('mean')
})

test('any other failure of a change still ends the run', async () => {
  const { run, reports } = openRun(new GpuError('validation', 'The browser refused a command.'))
  await expect(run.change({ sampling: 'flatten' })).rejects.toThrow('refused a command')
  expect(reports).toEqual([])
})
