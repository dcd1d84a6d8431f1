import { likelyTask } from './dataShape'
import {
  DEFAULT_NAME,
  defaultData,
  defaultLoss,
  defaultMonitor,
  defaultOptimizer,
  defaultSchedule,
  defaultTraining,
  lossForTask,
} from './defaults'
import { readLayers, writeLayers } from './linkLayers'
import { flattenLeaves } from './paths'
import { parseSpec, type ParsedSpec } from './schema'
import { numberSettings } from './settings'
import type { ExperimentSpec } from './spec'

// A spec as the part of an address after “#”: version, checksum, then every field that differs from its default, as
// in “#1-1n8hq2&data.kind=spirals&layers=32-tanh,32-tanh,2&optimizer.learningRate=0.005”. Readable and short, and the
// checksum finds links that were cut off or altered on their way, which would else open as another experiment.

/**
 * Defaults are part of the format: whoever changes one that a document may omit raises this, and lets `readLink` add
 * the old default to links of the old version.
 */
const LINK_VERSION = 1
/** Specs need a tenth of it. */
const LONGEST_LINK = 8000

/** The address part of a valid spec, with its “#”. */
export function writeLink(spec: ExperimentSpec): string {
  const fields: [path: string, text: string][] = []
  const baseline = flattenLeaves(baselineOf(spec))
  for (const [path, value] of flattenLeaves(withoutLists(spec))) {
    if (!Object.is(baseline.get(path), value)) fields.push([path, String(value)])
  }
  fields.push(['layers', writeLayers(spec.layers)])
  if (spec.monitor.layers !== 'all') fields.push(['monitor.layers', spec.monitor.layers.join(',')])
  const parts = fields.map(([path, text]) => `&${path}=${escapeText(text)}`)
  return `#${LINK_VERSION}-${checksum(fields)}${parts.join('')}`
}

/** Reads what `writeLink` wrote; undefined where the address holds no experiment, as “” or “#model”. */
export function readLink(hash: string): ParsedSpec | undefined {
  const text = hash.replace(/^#/, '')
  if (text === '' || /^[a-z][a-z0-9-]*$/i.test(text)) return undefined
  const [, version, sum, rest] = /^(\d{1,6})-([0-9a-z]{1,7})((?:&.*)?)$/s.exec(text) ?? []
  if (version === undefined || sum === undefined || rest === undefined || text.length > LONGEST_LINK) return DAMAGED
  if (Number(version) > LINK_VERSION) {
    return fault(
      'This link was made by a newer Saturascope. Reload the page for the newest, or ask for the experiment as a file.',
    )
  }
  const fields = splitFields(rest)
  if (fields === undefined || Number(version) !== LINK_VERSION || checksum(fields) !== sum) return DAMAGED
  const document = buildDocument(fields)
  return document ? parseSpec(document) : DAMAGED
}

function fault(message: string): ParsedSpec {
  return { ok: false, faults: [{ path: 'link', message }] }
}

const DAMAGED = fault(
  'This link is damaged: it was cut off or altered on its way. Ask for it again, or open the page without it.',
)

/** What a link without fields would mean, for the kinds this spec has. */
function baselineOf(spec: ExperimentSpec): object {
  const usualLoss = lossForTask(likelyTask(spec.data)).kind
  return {
    version: 1,
    name: DEFAULT_NAME,
    seed: numberSettings.seed.default,
    data: { ...defaultData[spec.data.kind], kind: 'digits' },
    initialisation: 'torch',
    loss: { ...defaultLoss[spec.loss.kind], kind: usualLoss },
    optimizer: { ...defaultOptimizer[spec.optimizer.kind], kind: 'adam' },
    schedule: { ...defaultSchedule[spec.schedule.kind], kind: 'constant' },
    training: defaultTraining,
    monitor: defaultMonitor,
  }
}

function withoutLists(spec: ExperimentSpec): object {
  return { ...spec, layers: undefined, monitor: { ...spec.monitor, layers: 'all' } }
}

/** Percent-encodes all but what is plain in an address and helps reading it; “~” parts experiments (raceLink.ts). */
function escapeText(text: string): string {
  return encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('~', '%7E')
}

function splitFields(rest: string): [path: string, text: string][] | undefined {
  try {
    return rest
      .split('&')
      .slice(1)
      .map((part) => {
        const [path = '', ...value] = part.split('=')
        return [decodeURIComponent(path), decodeURIComponent(value.join('='))]
      })
  } catch {
    // decodeURIComponent throws on broken percent-encoding.
    return undefined
  }
}

/** FNV-1a over the decoded fields in base 36: programs that pass links on may encode them anew. */
function checksum(fields: readonly (readonly [path: string, text: string])[]): string {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(fields.map(([path, text]) => `${path}=${text}\n`).join(''))) {
    hash = Math.imul(hash ^ byte, 0x01000193)
  }
  return (hash >>> 0).toString(36)
}

type DocumentNode = { [key: string]: unknown }

function buildDocument(fields: readonly (readonly [path: string, text: string])[]): DocumentNode | undefined {
  const document: DocumentNode = {}
  for (const [path, text] of fields) {
    const keys = path.split('.')
    const last = keys.pop()
    if (last === undefined || ![...keys, last].every((key) => /^[a-z][a-zA-Z0-9]*$/.test(key))) return undefined
    let node = document
    for (const key of keys) {
      const inner: DocumentNode = Object.hasOwn(node, key) && isNode(node[key]) ? node[key] : {}
      node[key] = inner
      node = inner
    }
    node[last] = readValue(path, text)
  }
  return document
}

function isNode(value: unknown): value is DocumentNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const TRUTH_FIELDS = new Set(['data.grayscale', 'training.augmentation.flip'])
/** Fields whose text may look like a number and is none. */
const TEXT_FIELDS = new Set(['name', 'data.target'])

function readValue(path: string, text: string): unknown {
  if (TEXT_FIELDS.has(path)) return text
  if (TRUTH_FIELDS.has(path) && (text === 'true' || text === 'false')) return text === 'true'
  if (path === 'layers') return readLayers(text)
  if (path === 'monitor.layers') return text.split(',')
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text
}
