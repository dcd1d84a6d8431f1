import * as v from 'valibot'
import type { Choice } from './choices'
import { adviseName, describeFound, formatNumber, listAlternatives } from './faults'
import type { NumberRange } from './numberSetting'
import { numberSettings, type NumberSettingPath } from './settings'

// Building blocks of the schema (schema.ts). Their messages say what was found, what is allowed and what to do.

type Entries = v.ObjectEntries

/** A number within the range of its setting; `fallback` where the document omits it. */
export function numberField(path: NumberSettingPath, fallback: number = numberSettings[path].default) {
  return v.optional(requiredNumber(path), fallback)
}

/** As `numberField`, but `undefined` where the document omits it: its default depends on other fields. */
export function requiredNumber(path: NumberSettingPath) {
  const { label, range } = numberSettings[path]
  return v.custom<number>(
    (input) => adviseNumber(input, range) === undefined,
    ({ input }) => {
      const ends = `from ${formatNumber(range.minimum)} to ${formatNumber(range.maximum)}`
      const allowed = `a ${range.integer ? 'whole ' : ''}number ${ends}`
      return `${label} is ${describeFound(input)}; it must be ${allowed}. ${adviseNumber(input, range) ?? ''}`
    },
  )
}

/** What to do about a value that is not in the range; undefined for one that is. */
function adviseNumber(input: unknown, { minimum, maximum, integer }: NumberRange): string | undefined {
  if (typeof input !== 'number') {
    const quoted = typeof input === 'string' && input.trim() !== '' && Number.isFinite(Number(input))
    return quoted ? 'Write it without quotes.' : 'Give a number, or leave the field out for its default.'
  }
  if (!Number.isFinite(input)) return 'Give a finite number.'
  if (input < minimum) return `Raise it to ${formatNumber(minimum)} or more.`
  if (input > maximum) return `Lower it to ${formatNumber(maximum)} or less.`
  if (integer && !Number.isInteger(input)) return `Use ${formatNumber(Math.round(input))}.`
  return undefined
}

/** One of the names of a choice. */
export function choiceField<Name extends string>(label: string, choices: Readonly<Record<Name, Choice>>) {
  return v.custom<Name>(
    (input) => typeof input === 'string' && Object.hasOwn(choices, input),
    (issue) => choiceFault(label, issue.input, Object.keys(choices)),
  )
}

function choiceFault(label: string, input: unknown, known: readonly string[]): string {
  const advice = typeof input === 'string' ? adviseName(input, known) : `Use ${listAlternatives(known)}.`
  return `${label} is ${describeFound(input)}, which is none of its options. ${advice}`
}

export function booleanField(label: string, fallback: boolean) {
  return v.optional(
    v.boolean(({ input }) => `${label} is ${describeFound(input)}; it must be true or false, without quotes.`),
    fallback,
  )
}

/** Text of at most `longest` characters. */
export function textField(label: string, longest: number) {
  return v.custom<string>(
    (input) => typeof input === 'string' && input.length <= longest,
    ({ input }) =>
      typeof input === 'string'
        ? `${label} has ${formatNumber(input.length)} characters; it may have ${longest}. Shorten it.`
        : `${label} is ${describeFound(input)}; it must be text. Put it in quotes.`,
  )
}

/** The `kind` of an object that has only this one, or that `objectByKind` chose by it. */
export function kindField<const Kind extends string>(kind: Kind) {
  const message = ({ input }: { readonly input: unknown }) => choiceFault('Kind', input, [kind])
  return v.optional(v.literal(kind, message), kind)
}

/** An object with these fields and no others. */
export function closedObject<const Fields extends Entries>(label: string, fields: Fields) {
  return v.pipe(
    v.custom<Readonly<Record<string, unknown>>>(isRecord, ({ input }) => notAnObject(label, input)),
    v.looseObject(fields),
    v.rawCheck(({ dataset, addIssue }) => {
      const record: unknown = dataset.value
      if (!isRecord(record)) return
      for (const key of Object.keys(record).filter((name) => !Object.hasOwn(fields, name))) {
        const whose = typeof record['kind'] === 'string' ? `${label} of kind ${record['kind']}` : label
        const message = `${whose} has no field “${key}”. ${adviseName(key, Object.keys(fields))}`
        addIssue({ message, path: [{ type: 'object', origin: 'key', input: record, key, value: record[key] }] })
      }
    }),
  )
}

/** An object whose fields depend on its `kind`; a document without `kind` gets `fallback`. */
export function objectByKind<Schema extends v.GenericSchema>(
  label: string,
  schemas: Readonly<Record<string, Schema>>,
  fallback: string,
) {
  return v.lazy((input): Schema | v.GenericSchema<unknown, never> => {
    const kind = isRecord(input) ? (input['kind'] ?? fallback) : fallback
    const schema = typeof kind === 'string' && Object.hasOwn(schemas, kind) ? schemas[kind] : undefined
    return schema ?? unknownKind(label, kind, Object.keys(schemas))
  })
}

/** Accepts nothing: the fault of a `kind` that does not exist. */
function unknownKind(label: string, kind: unknown, known: readonly string[]): v.GenericSchema<unknown, never> {
  return v.pipe(
    v.custom<never>(() => true),
    v.rawCheck(({ dataset, addIssue }) => {
      const record: unknown = dataset.value
      const input = isRecord(record) ? record : {}
      const message = choiceFault(`Kind of ${label.toLowerCase()}`, kind, known)
      addIssue({ message, path: [{ type: 'object', origin: 'value', input, key: 'kind', value: kind }] })
    }),
  )
}

export function isRecord(input: unknown): input is Readonly<Record<string, unknown>> {
  return typeof input === 'object' && input !== null && !Array.isArray(input)
}

export function notAnObject(label: string, input: unknown): string {
  const advice = typeof input === 'string' ? ' If it is JSON, parse it first.' : ''
  return `${label} is ${describeFound(input)}; it must be an object with named fields.${advice}`
}
