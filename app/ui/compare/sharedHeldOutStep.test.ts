import { expect, test } from 'vitest'
import { testRun } from '../../runs/runTesting'
import type { Contender, Letter, RunState } from '../../runs/state'
import { newestHeldOut } from '../controls/describeRun'
import { sharedHeldOutStep } from './sharedHeldOutStep'

const measuredAt = (...steps: number[]) =>
  testRun({ step: steps.at(-1) ?? 0, heldOut: steps.map((step) => [step, step / 1000, 0.7] as const) })

function contender(letter: Letter, run: RunState): Contender {
  const draft = { spec: run.spec, faults: [], asked: undefined, refusal: undefined }
  return { letter, run, draft, origin: undefined }
}

const a = contender('A', measuredAt(0, 390, 402))
const b = contender('B', measuredAt(0, 390))

test('runs whose frames come a little apart are read at the newest step both were measured at', () => {
  const step = sharedHeldOutStep([a, b], 402)
  expect(step).toBe(390)
  expect([a, b].map(({ run }) => newestHeldOut(run, step)?.text)).toEqual(['39.0 %', '39.0 %'])
})

test('a run that catches up does not hold back what the others show, and shows its own newest', () => {
  const late = contender('C', measuredAt(0, 120))
  const step = sharedHeldOutStep([a, b, late], 402)
  expect(step).toBe(390)
  expect(newestHeldOut(late.run, step)).toMatchObject({ step: 120 })
})

test('a run that broke off stays where it did', () => {
  const stop = { kind: 'non-finite', fault: { step: 60, where: 'hidden 2' } } as const
  const broken = contender('C', { ...measuredAt(0, 50), stop })
  expect(sharedHeldOutStep([a, broken, b], 402)).toBe(390)
})
