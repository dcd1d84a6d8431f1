import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { testRun } from '../../runs/runTesting'
import { comparisonTable, type TableGroup } from './comparisonTable'
import { ComparisonTable } from './ComparisonTable'
import { describeFindings } from './findings'

const options = { threshold: 0.99, convention: 'paper' } as const
const baseline = testRun({
  step: 500,
  millisPerStep: 4,
  heldOut: [
    [0, 0.5, 0.7],
    [500, 0.95, 0.1],
  ],
  losses: [0.4],
  directions: [8, 4, 2],
})
const narrow = testRun({
  document: { layers: [{ units: 4 }, { units: 8 }, {}] },
  step: 500,
  millisPerStep: 2,
  heldOut: [
    [0, 0.5, 0.7],
    [500, 0.93, 0.2],
  ],
  losses: [0.4],
  directions: [4, 4, 2],
})

function cellsOf(groups: readonly TableGroup[], name: string) {
  return groups.flatMap(({ rows }) => rows).find((row) => row.name === name)?.cells
}

describe('the table of differences', () => {
  it('shows settings that differ, and does not repeat what the baseline has', () => {
    const groups = comparisonTable([baseline, narrow, baseline], undefined, options)
    expect(groups[0]?.rows.map(({ name }) => name)).toEqual(['hidden 1 width'])
    expect(cellsOf(groups, 'hidden 1 width')?.map(({ text }) => text)).toEqual(['16', '4', 'same'])
  })

  it('holds results, size and saturation against the baseline', () => {
    const groups = comparisonTable([baseline, narrow], undefined, options)
    const read = (name: string) => cellsOf(groups, name)?.map(({ text, difference }) => [text, difference])
    expect(read('held-out accuracy')).toEqual([
      ['95.0\u202f%', undefined],
      ['93.0\u202f%', '−2.0 points'],
    ])
    expect(read('held-out loss')?.[1]).toEqual(['0.200', '+100\u202f%'])
    expect(read('training loss')?.[1]).toEqual(['same', undefined])
    expect(read('parameters')?.[1]).toEqual(['70', '−65\u202f%'])
    expect(read('ms per step')?.[1]).toEqual(['2.00', '−50\u202f%'])
    expect(read('hidden 1')).toEqual([
      ['50\u202f%', undefined],
      ['100\u202f%', '+50 points'],
    ])
    expect(read('hidden 2')?.[1]?.[0]).toBe('same')
  })

  it('leaves out sizes that all have', () => {
    expect(cellsOf(comparisonTable([baseline, baseline], undefined, options), 'parameters')).toBeUndefined()
  })

  it('makes no difference of runs that are not as far as each other', () => {
    const late = testRun({ step: 100, heldOut: [[0, 0.5, 0.7]], directions: [8, 4, 2] })
    const newest = comparisonTable([baseline, late], undefined, options)
    expect(cellsOf(newest, 'held-out accuracy')?.[1]).toMatchObject({ text: '50.0\u202f%', title: '0.5' })
    expect(cellsOf(newest, 'held-out accuracy')?.[1]?.difference).toBeUndefined()
    expect(cellsOf(newest, 'hidden 1')?.[1]?.difference).toBeUndefined()
    expect(cellsOf(comparisonTable([baseline, late], 50, options), 'held-out accuracy')?.[1]?.text).toBe('same')
  })

  it('reads “–” where a run has no value yet', () => {
    const late = testRun({ step: 100, heldOut: [[0, 0.5, 0.7]] })
    expect(cellsOf(comparisonTable([baseline, late], 400, options), 'held-out accuracy')?.[1]?.text).toBe('–')
  })

  it('is a table with named rows and columns; the baseline and different batches are marked', () => {
    const other = testRun({ document: { training: { batchSize: 8, steps: 1000 } }, step: 100, startStep: 40 })
    const runs = [
      { letter: 'B', run: baseline },
      { letter: 'A', run: other },
    ] as const
    const groups = comparisonTable([baseline, other], undefined, options)
    const html = renderToStaticMarkup(<ComparisonTable runs={runs} groups={groups} />)
    expect(html).toMatch(/<th scope="col">.*B.*baseline/)
    expect(html).toMatch(/A<\/b><\/span><span[^>]*>forked at step 40, different batches, at step 100/)
    expect(html).toMatch(/<th scope="row"[^>]*>batch size<\/th>/)
    expect(html).toMatch(/<th scope="rowgroup" colSpan="3"/)
  })
})

describe('the finding in one line', () => {
  it('says what is gained and lost against the baseline', () => {
    const runs = [
      { letter: 'A', run: baseline },
      { letter: 'B', run: narrow },
      { letter: 'C', run: baseline },
    ] as const
    expect(describeFindings(runs)).toBe(
      'Against A: B accuracy −2.0 points, parameters −65\u202f% · C the same accuracy',
    )
  })

  it('holds values of the same step against each other, whichever run reported last', () => {
    const earlier = testRun({ step: 400, heldOut: [[390, 0.8, 0.5]] })
    const later = testRun({
      step: 402,
      heldOut: [
        [390, 0.8, 0.5],
        [402, 0.9, 0.4],
      ],
    })
    const runs = [
      { letter: 'A', run: earlier },
      { letter: 'B', run: later },
    ] as const
    expect(describeFindings(runs)).toBe('Against A: B the same accuracy')
  })

  it('says where a run is that catches up', () => {
    const late = testRun({ step: 100, heldOut: [[0, 0.5, 0.7]] })
    expect(
      describeFindings([
        { letter: 'A', run: baseline },
        { letter: 'B', run: late },
      ]),
    ).toBe('Against A: B is at step 100')
  })
})
