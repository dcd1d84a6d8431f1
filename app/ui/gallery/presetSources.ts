import type { SourceId } from '../glossary/sources'

/** Where what a preset shows was found first, by its id. */
export const presetSources: Readonly<Record<string, SourceId | undefined>> = {
  'image-tail': 'richter2020',
}
