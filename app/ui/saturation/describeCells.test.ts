import { describe, expect, test } from 'vitest'
import type { MeasuredSpectrum } from '../../metrics/spectrum'
import { describeCell, describeCells } from './describeCells'

const features = 10
const options = { threshold: 0.99, convention: 'paper' } as const

function ranked(rank: number): MeasuredSpectrum {
  const eigenvalues = Float32Array.from({ length: features }, (_, index) => (index < rank ? 1 : 0))
  return { eigenvalues, samples: 400, state: 'ok', solver: 'jacobi', sweeps: 5, offDiagonalNorm: 0 }
}

/** A run at step 40 whose layers use so many of 10 directions each, one column after another. */
function network(ranks: Readonly<Record<string, readonly number[]>>, step = 40) {
  const names = Object.keys(ranks)
  const outputs = names.map((name) => ({ name, kind: 'dense' as const, width: features }))
  const columns = [0, 40].slice(0, ranks[names[0]!]!.length).map((step, index) => ({
    step,
    spectra: names.map((name) => ranked(ranks[name]![index]!)),
    heldOutLoss: undefined,
    heldOutAccuracy: undefined,
  }))
  return { step, started: { outputs }, history: { columns } }
}

const a = { letter: 'A', run: network({ 'hidden 1': [8, 4], 'hidden 2': [3, 2], output: [7, 7] }) } as const
const b = { letter: 'B', run: network({ 'hidden 1': [8, 5], output: [6, 1] }) } as const
const waiting = { letter: 'C', run: undefined } as const
const live = { step: undefined, options, baseline: undefined }

/** Numbers and units with plain spaces, as they are read. */
const plain = (text: string) => text.replaceAll('\u202f', ' ')

describe('what the heatmaps show, in a sentence', () => {
  test('of one run its layers', () => {
    expect(plain(describeCells([a], live))).toBe('At step 40, δ 99 %: hidden 1 40 %, hidden 2 20 %, output 70 %.')
    expect(plain(describeCells([a], { ...live, step: 7 }))).toMatch(/^At step 0, .*hidden 1 80 %/)
    expect(describeCells([waiting], live)).toBe('Nothing measured yet.')
  })

  test('of several each by its letter', () => {
    expect(plain(describeCells([a, b, waiting], live))).toBe(
      'At step 40, δ 99 %: run A: hidden 1 40 %, hidden 2 20 %, output 70 %; run B: hidden 1 50 %, output 10 %.',
    )
  })

  test('of differences what each has more or less, and which layers only one of them has', () => {
    expect(plain(describeCells([b], { ...live, baseline: a }))).toBe(
      'At step 40, δ 99 %, against run A: run B: hidden 1 +10 points, hidden 2 only in A, output −60 points.',
    )
    expect(describeCells([b], { ...live, baseline: waiting })).toContain('run C is not measured yet')
  })

  test('a run that still catches up says nothing of steps it has not come to', () => {
    const behind = { letter: 'D', run: network({ 'hidden 1': [8] }, 12) } as const
    expect(describeCells([a, behind], { ...live, step: 30 })).not.toContain('run D')
  })
})

describe('the selected cell', () => {
  test('is told with what it counts, and with its difference where these are shown', () => {
    expect(plain(describeCell(b, 0, live))).toBe('step 40, hidden 1: 5 of 10 directions carry 99 %, saturation 50 %')
    expect(describeCell(b, 0, { ...live, baseline: a })).toMatch(/, \+10 points against run A$/)
    expect(describeCell(a, 1, { ...live, baseline: b })).not.toContain('against')
    expect(describeCell(waiting, 0, live)).toBe('nothing measured yet')
  })
})
