import { numberSettings } from './settings'
import type { GeneratedDataSpec, TexturesData } from './dataSpec'

// Limits that depend on other fields of the data.

/** There are ten digits, and 4·scale displacements of `scale` pixels for textures, the opposite one counted as the same. */
export function mostClasses(data: GeneratedDataSpec): number {
  const { maximum } = numberSettings['data.classes'].range
  if (data.kind === 'digits') return Math.min(maximum, 10)
  return data.kind === 'textures' ? Math.min(maximum, 4 * data.scale) : maximum
}

/** Textures continue over the edges: below half the image a displacement is the shortest way between two dots. */
export function mostScale({ size }: Pick<TexturesData, 'size'>): number {
  return Math.ceil(size / 2) - 1
}
