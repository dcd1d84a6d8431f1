import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import { findForeignUrls, foreignUrls } from './rooms.mjs'

/** Design.md's import directions, written down a second time: the linter's configuration is tested against them. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  experiment: [],
  metrics: [],
  gpu: [],
  data: ['experiment'],
  nn: ['gpu', 'experiment'],
  spectral: ['gpu', 'metrics'],
  training: ['nn', 'spectral', 'metrics', 'data', 'gpu', 'experiment'],
  worker: ['training', 'data', 'experiment', 'metrics'],
  runs: ['experiment', 'metrics'],
  ui: ['runs', 'experiment', 'metrics'],
  main: ['experiment', 'metrics', 'gpu', 'data', 'nn', 'spectral', 'training', 'worker', 'runs', 'ui'],
}
const rooms = Object.keys(allowed)
const reactRooms = ['ui', 'main']
/** Helpers of tests beside the rooms, which may use all of them. */
const helpers = ['apiTesting']
const gpuRooms = ['gpu', 'nn', 'spectral', 'training']

/** Each way to name another module; all must be seen. */
const importForms: Readonly<Record<string, (from: string) => string>> = {
  value: (from) => `import { thing } from '${from}'\nthing()\n`,
  type: (from) => `import type { Thing } from '${from}'\nexport const thing: Thing = 1\n`,
  inlineType: (from) => `import { type Thing } from '${from}'\nexport const thing: Thing = 1\n`,
  reexport: (from) => `export { thing } from '${from}'\n`,
  everything: (from) => `export * from '${from}'\n`,
  dynamic: (from) => `export const thing = () => import('${from}')\n`,
}

interface Probe {
  readonly file: string
  readonly source: string
  readonly rule: string
  readonly forbidden: boolean
}

function importProbes(
  name: string,
  places: readonly string[],
  target: (up: string) => string,
  forbidden: boolean,
): Probe[] {
  return places.flatMap((place) =>
    Object.entries(importForms).map(([form, write]) => ({
      file: `app/${place}/to-${name.replaceAll(/\W/g, '-')}-${form}.ts`,
      source: write(target('../'.repeat(place.split('/').length))),
      rule: 'eslint(no-restricted-imports)',
      forbidden,
    })),
  )
}

function probesOf(room: string): Probe[] {
  const places = [room, `${room}/inner`]
  const arrows = rooms
    .filter((target) => target !== room)
    .flatMap((target) => importProbes(target, places, (up) => `${up}${target}/thing`, !allowed[room]?.includes(target)))
  const packages = ['react', 'react/jsx-runtime', 'react-dom/client', 'react-aria-components', 'recharts', 'zustand']
  return [
    ...arrows,
    ...['main', 'api'].flatMap((target) =>
      importProbes(`root-${target}`, places, (up) => `${up}${target}`, room !== 'main'),
    ),
    ...packages.flatMap((name) => importProbes(name, places, () => name, !reactRooms.includes(room))),
    ...importProbes('own', [`${room}/inner`], () => '../thing', false),
    ...importProbes('absolute', places, () => `/app/experiment/thing`, true),
    ...importProbes('protocol', places, (up) => `${up}worker/protocol`, !['runs', 'worker', 'main'].includes(room)),
    ...gpuProbes(room),
  ]
}

function gpuProbes(room: string): Probe[] {
  const forbidden = !gpuRooms.includes(room)
  return [
    { name: 'type', source: 'export let thing: GPUDevice\n', rule: 'typescript(no-restricted-types)' },
    { name: 'value', source: 'export const thing = GPUBufferUsage.STORAGE\n', rule: 'eslint(no-restricted-globals)' },
    { name: 'entry', source: 'export const thing = navigator.gpu\n', rule: 'eslint(no-restricted-properties)' },
  ].map(({ name, source, rule }) => ({ file: `app/${room}/gpu-${name}.ts`, source, rule, forbidden }))
}

interface Finding {
  readonly code: string
  readonly filename: string
}

/** Lints all probes under the project's own configuration, less the rules that need types, which need real modules. */
async function lint(probes: readonly Probe[]): Promise<ReadonlySet<string>> {
  const folder = mkdtempSync(join(tmpdir(), 'rooms-'))
  try {
    const config = readFileSync('.oxlintrc.json', 'utf8').replace('"typeAware": true', '"typeAware": false')
    writeFileSync(join(folder, '.oxlintrc.json'), config)
    for (const { file, source } of probes) {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), source)
    }
    const output = await runLinter(folder)
    const { diagnostics } = JSON.parse(output) as { readonly diagnostics: readonly Finding[] }
    return new Set(diagnostics.map(({ code, filename }) => `${filename} ${code}`))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function runLinter(folder: string): Promise<string> {
  const program = join(process.cwd(), 'node_modules/oxlint/bin/oxlint')
  try {
    const run = promisify(execFile)
    return (await run(process.execPath, [program, '--format=json'], { cwd: folder, maxBuffer: 2 ** 26 })).stdout
  } catch (cause) {
    // The linter leaves with status 1 because it finds what it should find.
    if (cause instanceof Error && 'stdout' in cause) return String(cause.stdout)
    throw cause
  }
}

describe('room directions', () => {
  const probes = rooms.flatMap(probesOf)
  let found: ReadonlySet<string>

  beforeAll(async () => {
    found = await lint(probes)
  })

  test('every folder of app is a room with directions', () => {
    const folders = readdirSync('app', { withFileTypes: true }).filter((entry) => entry.isDirectory())
    const names = folders.map(({ name }) => name).filter((name) => !helpers.includes(name))
    expect(names.toSorted()).toEqual(rooms.toSorted())
  })

  test.each(rooms)('the linter refuses every arrow out of %s that is not allowed, and no other', (room) => {
    const own = probes.filter(({ file }) => file.startsWith(`app/${room}/`))
    const wrong = own.filter(({ file, rule, forbidden }) => found.has(`${file} ${rule}`) !== forbidden)
    expect(wrong.map(({ file, forbidden }) => `${file} ${forbidden ? 'passes' : 'is refused'}`)).toEqual([])
    expect(own.some(({ forbidden }) => forbidden) && own.some(({ forbidden }) => !forbidden)).toBe(true)
  })
})

describe('addresses of workers', () => {
  test('a worker of the own room may be started, another room’s may not', () => {
    const start = (address: string) => `new Worker(new URL('${address}', import.meta.url), { type: 'module' })`
    expect(foreignUrls('worker/client.ts', start('./training.worker.ts'))).toEqual([])
    expect(foreignUrls('spectral/inner/pool.ts', start('../eigen.worker.ts'))).toEqual([])
    expect(foreignUrls('main.tsx', start('./worker/training.worker.ts'))).toEqual([])
    expect(foreignUrls('main/start.ts', start('../worker/training.worker.ts'))).toEqual([])
    expect(foreignUrls('data/mnist.test.ts', start('../../shared/mnist/'))).toEqual([])
    expect(foreignUrls('runs/store.ts', start('../worker/training.worker.ts'))).toEqual([
      'app/runs/store.ts reaches app/worker/training.worker.ts by URL: a worker belongs to the room that starts it.',
    ])
    expect(foreignUrls('ui/model/panel.tsx', start('../../worker/training.worker.ts'))).toHaveLength(1)
  })

  test('no room starts another room’s worker', () => {
    expect(findForeignUrls('app')).toEqual([])
  })
})
