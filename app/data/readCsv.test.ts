import { describe, expect, test } from 'vitest'
import { flatShape } from '../experiment/tensorShape'
import type { CsvData } from '../experiment/dataSpec'
import type { Dataset } from './dataset'
import { buildDataset } from './fileDataset'
import { fileOf, readForTest, refusal } from './readForTest'

const PLAIN: CsvData = { kind: 'csv', target: null, task: null, heldOut: 0, standardise: 'none' }

async function build(content: string | Uint8Array<ArrayBuffer>, spec: Partial<CsvData> = {}): Promise<Dataset> {
  const complete = { ...PLAIN, ...spec }
  const read = await readForTest([fileOf('table.csv', content)], complete)
  return buildDataset(read.content, complete, 1)
}

function refusalOf(content: string, spec: Partial<CsvData> = {}): Promise<string> {
  return refusal([fileOf('table.csv', content)], { ...PLAIN, ...spec })
}

const FLOWERS = 'sepal,petal,kind\n5.1,3.5,setosa\n6.2,2.9,virginica\n4.9,3,setosa\n'

describe('CSV tables', () => {
  test('give named classes in alphabetical order where the target holds texts', async () => {
    const { task, inputs, targets, shape } = await build(FLOWERS)
    expect(task).toEqual({ kind: 'classification', classes: 2, classNames: ['setosa', 'virginica'] })
    expect(shape).toEqual(flatShape(2))
    expect(inputs).toEqual(Float32Array.of(5.1, 3.5, 6.2, 2.9, 4.9, 3))
    expect([...targets]).toEqual([0, 1, 0])
  })

  test.each([
    ['semicolons', FLOWERS.replaceAll(',', ';')],
    ['tabs', FLOWERS.replaceAll(',', '\t')],
    ['bars', FLOWERS.replaceAll(',', '|')],
    ['Windows line ends', FLOWERS.replaceAll('\n', '\r\n')],
    ['old Macintosh line ends', FLOWERS.replaceAll('\n', '\r')],
    ['a byte order mark', `\uFEFF${FLOWERS}`],
    ['no line end at the end', FLOWERS.trimEnd()],
    ['blank lines', FLOWERS.replaceAll('\n', '\n\n  \n')],
    ['quoted cells', FLOWERS.replaceAll(/[^,\n]+/g, '"$&"')],
    ['spaces around cells', FLOWERS.replaceAll(/[^,\n]+/g, ' $& ')],
  ])('mean the same with %s', async (_, content) => {
    expect(await build(content, { target: 'kind' })).toEqual(await build(FLOWERS))
  })

  test('are read in UTF-16 as spreadsheets save them', async () => {
    const text = `\uFEFF${FLOWERS}`
    const bytes = new Uint8Array(new Uint16Array(Array.from(text, (letter) => letter.charCodeAt(0))).buffer)
    expect(await build(bytes)).toEqual(await build(FLOWERS))
  })

  test('may hold separators, line ends and quotation marks inside quoted cells', async () => {
    const { task } = await build('a,"the ""kind"",\nwritten out"\n1,"x, y"\n2,"x\ny"\n', {
      target: 'the "kind",\nwritten out',
    })
    expect(task).toMatchObject({ classNames: ['x\ny', 'x, y'] })
  })

  test('without a header number their columns', async () => {
    const dataset = await build('1,2,0\n3,4,1\n5,6,1\n', { target: '0' })
    expect([...dataset.inputs]).toEqual([2, 0, 4, 1, 6, 1])
    expect([...dataset.targets]).toEqual([1, 3, 5])
    expect(dataset.notes[0]).toBe('The table has no header: columns are numbered from 0.')
  })

  test('have no header where the first row holds numbers and a class like all others', async () => {
    const { inputs, task } = await build('5.1,3.5,setosa\n6.2,2.9,virginica\n')
    expect(inputs).toHaveLength(4)
    expect(task).toMatchObject({ classNames: ['setosa', 'virginica'] })
  })

  test('have a header even where most columns are named by numbers', async () => {
    const { inputs } = await build('label,0,1\n5,10,11\n6,20,21\n', { target: 'label' })
    expect([...inputs]).toEqual([10, 11, 20, 21])
  })

  test('tell columns that share a name apart, and say how', async () => {
    const content = 'x,y,y\n1,0,7\n2,1,8\n3,0,7\n4,1,8\n'
    const { summary } = await readForTest([fileOf('table.csv', content)])
    expect(summary.columns?.map(({ name }) => name)).toEqual(['x', 'y', 'y (2)'])
    expect(summary.summary.notes).toContain('Columns that share a name are told apart as “y (2)”.')
    const first = await build(content, { target: 'y' })
    expect(first.task).toMatchObject({ classNames: ['0', '1'] })
    expect([...first.inputs]).toEqual([1, 7, 2, 8, 3, 7, 4, 8])
    const second = await build(content, { target: 'y (2)' })
    expect(second.task).toMatchObject({ classNames: ['7', '8'] })
    expect([...second.inputs]).toEqual([1, 0, 2, 1, 3, 0, 4, 1])
  })

  test('never give two columns one name, whatever the header says', async () => {
    const { content } = await readForTest([fileOf('table.csv', 'y,y,y (2),y, ,column 5\n0,1,2,3,4,5\n1,2,3,4,5,6\n')])
    const names = content.kind === 'csv' ? content.columns.map(({ name }) => name) : []
    expect(names).toEqual(['y', 'y (3)', 'y (2)', 'y (4)', 'column 5', 'column 5 (2)'])
  })

  test('lose rows with an empty cell, and say which', async () => {
    const { inputs, notes } = await build('a,b,y\n1,2,0\n3,,1\n4,NaN,1\n5,6,1\n')
    expect([...inputs]).toEqual([1, 2, 5, 6])
    expect(notes).toContain('2 rows with an empty cell dropped, the first is row 3.')
  })

  test('longer than a slice come whole, with quoted line ends across the seams', async () => {
    const rows = Array.from({ length: 60_000 }, (_, index) => `${index},${index / 8},"kind\n${index % 3}"`)
    const { inputs, targets } = await build(`a,b,c\r\n${rows.join('\r\n')}\r\n`)
    expect(targets).toHaveLength(60_000)
    expect(inputs.every((value, index) => value === (index % 2 === 0 ? index / 2 : (index - 1) / 16))).toBe(true)
    expect(targets.every((label, index) => label === index % 3)).toBe(true)
  })

  test('keep large numbers apart until they are standardised', async () => {
    const rows = [0, 10, 20, 30].map((second) => `${1_700_000_000 + second},${second}`)
    const { inputs } = await build(`time,y\n${rows.join('\n')}\n`, { standardise: 'feature' })
    expect(new Set(inputs).size).toBe(4)
  })
})

describe('the task of a table', () => {
  const rows = (values: readonly (number | string)[]) => values.map((value, index) => `${index},${value}`).join('\n')

  test.each([
    ['few whole numbers', [0, 1, 2, 0, 1, 2], 'classification'],
    ['texts', ['a', 'b', 'a'], 'classification'],
    ['fractions', [0.5, 1, 0.5, 1, 0.5, 1], 'regression'],
    ['whole numbers that hardly repeat', [1, 2, 3, 4, 5, 6], 'regression'],
  ])('is guessed from %s', async (_, values, task) => {
    const { summary } = await readForTest([fileOf('table.csv', rows(values))])
    expect(summary.data).toMatchObject({ kind: 'csv', target: '1', task, heldOut: 0.2, standardise: 'feature' })
  })

  test('can be chosen against the guess, and again from what was read before', async () => {
    const { content } = await readForTest([fileOf('table.csv', `x,y\n${rows([3, 5, 3, 5])}`)])
    const asClasses = buildDataset(content, PLAIN, 1)
    const asNumbers = buildDataset(content, { ...PLAIN, task: 'regression' }, 1)
    const otherTarget = buildDataset(content, { ...PLAIN, target: 'x', task: 'regression' }, 1)
    expect(asClasses.task).toEqual({ kind: 'classification', classes: 2, classNames: ['3', '5'] })
    expect([...asClasses.targets]).toEqual([0, 1, 0, 1])
    expect(asNumbers.task).toEqual({ kind: 'regression', outputs: 1 })
    expect([...asNumbers.targets]).toEqual([3, 5, 3, 5])
    expect([...otherTarget.inputs]).toEqual([3, 5, 3, 5])
  })

  test('sorts classes that are numbers by their size', async () => {
    const { task } = await build(`x,y\n${rows([10, 9, 100, 9, 10, 100])}`)
    expect(task).toMatchObject({ classNames: ['9', '10', '100'] })
  })

  test('takes the only column of texts as the target where none is chosen, and lists all columns', async () => {
    const { summary } = await readForTest([fileOf('table.csv', 'kind,a,b\nx,1,2\ny,1,4\nx,5,6\ny,7,8\n')])
    expect(summary.data).toMatchObject({ target: 'kind', task: 'classification' })
    expect(summary.columns).toEqual([
      { name: 'kind', numeric: false, distinct: 2 },
      { name: 'a', numeric: true, distinct: 3 },
      { name: 'b', numeric: true, distinct: 4 },
    ])
  })
})

describe('the target of a table, where none is chosen,', () => {
  const targetOf = async (content: string) => {
    const { summary } = await readForTest([fileOf('table.csv', content)])
    return summary.data.kind === 'csv' ? summary.data.target : undefined
  }

  test('is the column called “label”, as in MNIST written as a table', async () => {
    expect(await targetOf('label,1x1,1x2\n0,0,7\n1,0,8\n0,0,9\n1,0,7\n1,0,7\n')).toBe('label')
  })

  test('is the last column that is not the same in all rows', async () => {
    expect(await targetOf('a,b,c\n1,2,5\n2,3,5\n3,2,5\n4,3,5\n')).toBe('b')
  })

  test('is the only column of texts, wherever it stands', async () => {
    expect(await targetOf('kind,a,label\nx,1,0\ny,2,1\nx,3,1\ny,4,0\n')).toBe('kind')
  })
})

describe('CSV tables are refused', () => {
  test('where an input is no number, with row, column and what was found', async () => {
    expect(await refusalOf('a,b,y\n1,2,0\n3,abc,1\n')).toBe(
      'table.csv, row 3, column “b”: found “abc”, expected a number. Correct the cell, leave it empty to drop the row, ' +
        'or choose this column as the target.',
    )
  })

  test('with the row as counted in the file, blank lines included', async () => {
    expect(await refusalOf('a,b,y\n\n1,2,0\n\n\nx,2,1\n')).toContain('row 6, column “a”')
  })

  test('where decimals are written with a comma', async () => {
    expect(await refusalOf('a;b;y\n1,5;2;0\n2,5;3;1\n')).toContain(
      'found “1,5”, expected a number (decimals are written with a point)',
    )
  })

  test.each(['Infinity', '1e999', '1e39'])('where a number is beyond what float32 holds: %s', async (cell) => {
    expect(await refusalOf(`a,b,y\n1,2,0\n3,${cell},1\n`)).toContain(`row 3, column “b”: found “${cell}”`)
  })

  test('where a row has more or fewer cells', async () => {
    expect(await refusalOf('a,b,y\n1,2,0\n3,4\n')).toContain('row 3: found 2 cells, expected 3 as in the first row')
    expect(await refusalOf('a,b,y\n1,2,0\n3,4,1,9\n')).toContain('row 3: found 4 cells, expected 3')
  })

  test('where a quotation mark is never closed', async () => {
    expect(await refusalOf('a,b\n1,2\n"3,4\n5,6\n')).toContain('table.csv, row 3: a quotation mark opens a cell')
    const long = `a,b\n1,2\n"3,4\n${'5,6\n'.repeat(1_500_000)}`
    expect(await refusalOf(long)).toContain('table.csv, row 3: a quotation mark opens a cell')
  })

  test('where there is nothing in them', async () => {
    expect(await refusalOf('')).toContain('table.csv is empty (0 bytes)')
    expect(await refusalOf('\n\n')).toContain('holds no rows')
    expect(await refusalOf('a,b\n1,\n,2\n')).toContain('holds only rows with empty cells')
  })

  test('where there is one column', async () => {
    expect(await refusalOf('a\n1\n2\n')).toContain('row 1: found one column, expected at least two')
  })

  test('where the target is missing, with the columns there are', async () => {
    expect(await refusalOf(FLOWERS, { target: 'colour' })).toContain(
      'has no column “colour” for the target; its columns are “sepal”, “petal”, “kind”. Choose one',
    )
  })

  test('where the target holds one value only', async () => {
    expect(await refusalOf('a,y\n1,x\n2,x\n')).toContain(
      'column “y”: all 2 rows hold “x”, expected at least two different values',
    )
    expect(await refusalOf('a,y\n1,3\n2,3\n', { task: 'regression' })).toContain('all 2 rows hold “3”')
  })

  test('where a target of texts shall be numbers', async () => {
    expect(await refusalOf(FLOWERS, { task: 'regression' })).toContain(
      'row 2, column “kind”: found “setosa”, expected a number',
    )
  })

  test('where classes are too many to be any', async () => {
    const rows = Array.from({ length: 1001 }, (_, index) => `${index},${index}`).join('\n')
    expect(await refusalOf(`x,y\n${rows}`, { task: 'classification' })).toContain(
      'more than 1000 different values are no classes',
    )
    const names = Array.from({ length: 3000 }, (_, index) => `${index},name ${index}`).join('\n')
    expect(await refusalOf(`x,y\n${names}`)).toContain('more than 1000 different values are no classes')
  })

  test('where the spec asks for images', async () => {
    const message = await refusal([fileOf('table.csv', FLOWERS)], {
      kind: 'idx',
      resize: null,
      heldOut: 0.2,
      standardise: 'none',
    })
    expect(message).toContain('hold a table (CSV), but the experiment expects data of kind “idx”')
  })
})

test('a table of two columns is told apart by semicolons, too', async () => {
  const { content } = await readForTest([fileOf('pairs.csv', 'x;class\n1.5;a\n2.5;b\n')])
  expect(content).toMatchObject({ kind: 'csv', columns: [{ name: 'x' }, { name: 'class' }] })
})
