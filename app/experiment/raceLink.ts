import { readLink, writeLink } from './link'
import type { FieldFault } from './faults'
import { joinRace } from './race'
import type { ExperimentSpec } from './spec'

type Specs = readonly [ExperimentSpec, ...ExperimentSpec[]]

export type ParsedLink =
  | { readonly ok: true; readonly specs: Specs }
  | { readonly ok: false; readonly faults: readonly FieldFault[] }

/** Between the experiments of a race; only where another link begins, since a name may hold it, too. */
const SEPARATOR = '~'
const BETWEEN_LINKS = /~(?=\d{1,6}-[0-9a-z]{1,7}(?:&|~|$))/

/** The address part of experiments side by side, with its “#”: a single one is the link of that experiment. */
export function writeRaceLink(specs: readonly ExperimentSpec[]): string {
  return `#${specs.map((spec) => writeLink(spec).slice(1)).join(SEPARATOR)}`
}

/**
 * Reads what `writeRaceLink` or `writeLink` wrote; undefined where the address holds no experiment.
 * @param most experiments that fit side by side.
 */
export function readRaceLink(hash: string, most: number): ParsedLink | undefined {
  const [first, ...rest] = hash.replace(/^#/, '').split(BETWEEN_LINKS).map(readLink)
  if (first === undefined) return undefined
  if (!first.ok) return first
  if (rest.length >= most) {
    const message = `This link has ${rest.length + 1} experiments; ${most} fit side by side. Ask for fewer.`
    return { ok: false, faults: [{ path: 'link', message }] }
  }
  const others: ExperimentSpec[] = []
  for (const parsed of rest) {
    if (!parsed?.ok) return parsed ?? { ok: false, faults: [] }
    others.push(joinRace(parsed.spec, first.spec))
  }
  return { ok: true, specs: [first.spec, ...others] }
}
