import { expect, test, vi } from 'vitest'
import { openHost, start } from './hostTesting'
import type { FileDataId } from './protocol'

type Host = ReturnType<typeof openHost>

/** A table, and how often it was read. */
function openTable(name: string, rows: number) {
  const lines = Array.from({ length: rows }, (_, index) => `${index % 7},${index % 5},${index % 2 ? 'odd' : 'even'}`)
  const file = new File([['a,b,parity', ...lines].join('\n')], name)
  const slice = vi.spyOn(file, 'slice')
  return { file, isRead: () => slice.mock.calls.length > 0, forgetReading: () => slice.mockClear(), slice }
}

async function readTable({ host, until }: Host, fileData: FileDataId, file: File) {
  host.handle({ kind: 'readFiles', fileData, files: [file], seed: 1 })
  const { summary } = await until('filesRead', (report) => report.fileData === fileData)
  return summary.data
}

test('an experiment on files that were let go finds them again, and those in use are not read again', async () => {
  const worker = openHost()
  const table = openTable('first.csv', 40)
  const data = await readTable(worker, 1, table.file)
  worker.host.handle(start('1', { data }, { fileData: 1 }))
  const first = await worker.until('started', ({ run }) => run === '1')
  table.forgetReading()
  worker.host.handle(start('2', { data, layers: [{ units: 3 }, {}] }, { fileData: 1 }))
  await worker.until('started', ({ run }) => run === '2')
  expect(table.isRead()).toBe(false)

  const other = await readTable(worker, 2, openTable('second.csv', 60).file)
  worker.host.handle(start('3', { data: other }, { fileData: 2 }))
  await worker.until('started', ({ run }) => run === '3')
  worker.host.handle(start('4', { data }, { fileData: 1 }))
  const again = await worker.until('started', ({ run }) => run === '4')
  expect(table.isRead()).toBe(true)
  expect(again.started.data).toEqual(first.started.data)
  worker.host.handle({ kind: 'pause' })
})

test('experiments that go back to the same files together read them once', async () => {
  const worker = openHost()
  const table = openTable('first.csv', 40)
  const data = await readTable(worker, 1, table.file)
  table.forgetReading()
  worker.host.handle(start('1', { data }, { fileData: 1 }))
  await worker.until('started', ({ run }) => run === '1')
  worker.host.handle(start('2'))
  await worker.until('started', ({ run }) => run === '2')
  worker.host.handle(start('3', { data }, { fileData: 1 }))
  await worker.until('started', ({ run }) => run === '3')
  const once = table.slice.mock.calls.length
  expect(once).toBeGreaterThan(0)
  worker.host.handle(start('4'))
  await worker.until('started', ({ run }) => run === '4')
  table.forgetReading()
  worker.host.handle(start('5', { data }, { fileData: 1, race: 5, letter: 'A' }))
  worker.host.handle(start('6', { data }, { fileData: 1, race: 5, letter: 'B' }))
  await worker.until('started', ({ run }) => run === '5')
  await worker.until('started', ({ run }) => run === '6')
  expect(table.slice.mock.calls).toHaveLength(once)
  worker.host.handle({ kind: 'pause' })
})

test('files that are gone by then are named, with the reason', async () => {
  const worker = openHost()
  const table = openTable('first.csv', 40)
  const data = await readTable(worker, 1, table.file)
  worker.host.handle(start('1', { data }, { fileData: 1 }))
  await worker.until('started', ({ run }) => run === '1')
  worker.host.handle(start('2'))
  await worker.until('started', ({ run }) => run === '2')
  table.slice.mockImplementation(() => {
    throw new DOMException('A requested file could not be found.', 'NotFoundError')
  })
  worker.host.handle(start('3', { data }, { fileData: 1 }))
  const { fields } = await worker.until('refused', ({ run }) => run === '3')
  expect(fields[0]?.message).toMatch(/^first\.csv cannot be read again: .*could not be (found|read).*Drop the files/)
  worker.host.handle({ kind: 'pause' })
})

test('of files that nobody uses the last eight sets are remembered, and none that were put away', async () => {
  const worker = openHost()
  const data = await readTable(worker, 0, openTable('used.csv', 40).file)
  worker.host.handle(start('1', { data }, { fileData: 0 }))
  await worker.until('started', ({ run }) => run === '1')
  for (let fileData = 1; fileData <= 9; fileData++) await readTable(worker, fileData, openTable('t.csv', 40).file)
  worker.host.handle({ kind: 'cancelFiles', fileData: 9 })
  const opens = async (run: string, fileData: FileDataId): Promise<boolean> => {
    worker.host.handle(start(run, { data }, { fileData }))
    await vi.waitFor(() => expect(worker.reports.some((report) => 'run' in report && report.run === run)).toBe(true))
    return worker.all('started').some((report) => report.run === run)
  }
  expect(await opens('2', 9)).toBe(false)
  expect(await opens('3', 8)).toBe(true)
  expect(await opens('4', 0)).toBe(true)
  expect(await opens('5', 1)).toBe(false)
  worker.host.handle({ kind: 'pause' })
})
