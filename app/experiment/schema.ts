import * as v from 'valibot'
import { conventionChoices, outputChoices, samplingChoices, sourceChoices } from './choices'
import { completeSpec, type FilledDocument } from './completion'
import { findInconsistencies } from './consistency'
import { dataSchema } from './dataSchema'
import { DEFAULT_NAME, defaultMonitor } from './defaults'
import { describeFound, type FieldFault } from './faults'
import { choiceField, closedObject, isRecord, notAnObject, numberField, requiredNumber, textField } from './fields'
import { lossSchema, optimizerSchema, scheduleSchema, trainingSchema } from './learningSchema'
import { migrateDocument } from './migrations'
import { initialisationSchema, layersSchema } from './networkSchema'
import type { ExperimentSpec } from './spec'
import { LONGEST_NAME } from './textLimits'

const layerNames = v.custom<'all' | readonly string[]>(
  (input) => input === 'all' || (Array.isArray(input) && input.every((name) => typeof name === 'string')),
  ({ input }) => `Measured layers is ${describeFound(input)}; it must be “all” or a list of names as “hidden 1”.`,
)

const cadenceNumber = requiredNumber('monitor.cadence')
const cadenceName = v.literal(
  'auto',
  ({ input }) => `Measure every is ${describeFound(input)}; it must be “auto” or a whole number of steps.`,
)

const monitorSchema = closedObject('Monitor', {
  source: v.optional(choiceField('Source', sourceChoices), defaultMonitor.source),
  samples: numberField('monitor.samples', defaultMonitor.samples),
  cadence: v.optional(
    v.lazy((input) => (typeof input === 'string' ? cadenceName : cadenceNumber)),
    defaultMonitor.cadence,
  ),
  output: v.optional(choiceField('Output', outputChoices), defaultMonitor.output),
  sampling: v.optional(choiceField('Sampling', samplingChoices), defaultMonitor.sampling),
  threshold: numberField('monitor.threshold', defaultMonitor.threshold),
  convention: v.optional(choiceField('Convention', conventionChoices), defaultMonitor.convention),
  layers: v.optional(layerNames, defaultMonitor.layers),
})

const documentSchema: v.GenericSchema<unknown, FilledDocument> = closedObject('The experiment', {
  version: v.literal(1),
  name: v.optional(textField('Name', LONGEST_NAME), DEFAULT_NAME),
  seed: numberField('seed'),
  data: v.optional(dataSchema, {}),
  layers: v.optional(layersSchema),
  initialisation: v.optional(initialisationSchema, 'torch'),
  loss: v.optional(lossSchema),
  optimizer: v.optional(optimizerSchema, {}),
  schedule: v.optional(scheduleSchema, {}),
  training: v.optional(trainingSchema, {}),
  monitor: v.optional(monitorSchema, {}),
})

export type ParsedSpec =
  | { readonly ok: true; readonly spec: ExperimentSpec }
  | { readonly ok: false; readonly faults: readonly FieldFault[] }

/**
 * Reads a document of any version: omitted fields take their defaults, and everything wrong with it is listed by
 * field. What depends on data from files is checked by `describeArchitecture` once they are read.
 */
export function parseSpec(document: unknown): ParsedSpec {
  if (!isRecord(document)) {
    return { ok: false, faults: [{ path: '', message: notAnObject('The experiment', document) }] }
  }
  const migrated = migrateDocument(document)
  if ('fault' in migrated) return { ok: false, faults: [migrated.fault] }
  const result = v.safeParse(documentSchema, migrated.document)
  if (!result.success) {
    return {
      ok: false,
      faults: result.issues.map((issue) => ({ path: v.getDotPath(issue) ?? '', message: issue.message })),
    }
  }
  const spec = completeSpec(result.output)
  const faults = findInconsistencies(spec)
  return faults.length > 0 ? { ok: false, faults } : { ok: true, spec }
}

/** As `parseSpec`, for callers who have nobody to show faults to. @throws SpecError */
export function parseSpecOrThrow(document: unknown): ExperimentSpec {
  const result = parseSpec(document)
  if (!result.ok) throw new SpecError(result.faults)
  return result.spec
}

/** A spec that cannot be run; the message lists every fault with its path. */
export class SpecError extends Error {
  override readonly name = 'SpecError'
  readonly faults: readonly FieldFault[]

  constructor(faults: readonly FieldFault[]) {
    const lines = faults.map(({ path, message }) => `${path || 'spec'}: ${message}`)
    super(`This experiment cannot be run.\n${lines.join('\n')}`)
    this.faults = faults
  }
}
