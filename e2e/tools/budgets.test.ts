import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { initialFiles, measureBudgets, staticImports } from './budgets.mjs'

function writeBuild(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'build-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  return folder
}

const build = {
  'index.html': `<link rel="icon" href="./icon.svg"><script type="module" crossorigin src="./assets/index-1.js"></script>
    <link rel="modulepreload" crossorigin href="./assets/react-2.js"><link rel="stylesheet" href="./assets/index-3.css">`,
  'assets/index-1.js': `import{a as b}from"./react-2.js";import"./side-4.js";const c=()=>import("./lazy-5.js");b(c)`,
  'assets/react-2.js': `export const a=1`,
  'assets/index-3.css': `a{}`,
  'assets/side-4.js': `export*from"./deep-6.js"`,
  'assets/lazy-5.js': `import{a}from"./react-2.js";a()`,
  'assets/deep-6.js': `export default 1`,
  'assets/training.worker-7.js': `import{x}from"./shared-8.js";x()`,
  'assets/shared-8.js': `export const x=()=>new Worker("./eigen.worker-9.js")`,
  'assets/eigen.worker-9.js': `0`,
}

test('the page’s budget counts what index.html names and what that imports, but nothing that loads later', () => {
  expect(initialFiles(writeBuild(build)).page.toSorted()).toEqual([
    'assets/deep-6.js',
    'assets/index-1.js',
    'assets/index-3.css',
    'assets/react-2.js',
    'assets/side-4.js',
  ])
})

test('the worker’s budget counts the training worker and its imports', () => {
  expect(initialFiles(writeBuild(build)).worker).toEqual(['assets/training.worker-7.js', 'assets/shared-8.js'])
})

test('text that cannot be compressed counts in full', () => {
  const noise = Array.from({ length: 4000 }, (_, index) => Math.sin(index).toString(36).slice(3)).join('')
  const [page] = measureBudgets(writeBuild({ ...build, 'assets/deep-6.js': noise }))
  expect(page?.bytes).toBeGreaterThan(20_000)
})

test('static imports of minified code are told from dynamic ones and from text', () => {
  expect(staticImports('import a,{b as c}from"./one.js";import*as d from"./two.js";')).toEqual(['one.js', 'two.js'])
  expect(staticImports('const a=1;import("./later.js");export{b}from"./three.js"')).toEqual(['three.js'])
  expect(staticImports('export const a=b?.c;f(`import "./no.js"`);export default"./neither.js"')).toEqual([])
})
