import { describeFound, type FieldFault } from './faults'

type JsonObject = Readonly<Record<string, unknown>>

/** Turns a document of version n into one of version n + 1. */
export type Migration = (document: JsonObject) => JsonObject

/**
 * Migrations by the version they start from, from 1 on: `MIGRATIONS[0]` would turn version 1 into version 2. Their
 * number fixes the current version, so adding one is all it takes.
 */
const MIGRATIONS: readonly Migration[] = []

/**
 * Brings a document to the current version. One without a version is taken for current.
 * @returns the document, or why its version cannot be read.
 */
export function migrateDocument(
  document: JsonObject,
  migrations: readonly Migration[] = MIGRATIONS,
): { readonly document: JsonObject } | { readonly fault: FieldFault } {
  const current = migrations.length + 1
  const version = document['version'] ?? current
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    const message = `Version is ${describeFound(version)}; it must be a whole number of at least 1. Use ${current}, or leave it out.`
    return { fault: { path: 'version', message } }
  }
  if (version > current) {
    const message = `This experiment has version ${describeFound(version)}, made by a newer Saturascope; this one reads up to version ${current}. Reload the page for the newest, or save the experiment again with version ${current}.`
    return { fault: { path: 'version', message } }
  }
  const migrated = migrations.slice(version - 1).reduce((older, migrate) => migrate(older), document)
  return { document: { ...migrated, version: current } }
}
