import type { FeatureMaps } from '../sampling'
import { seededNormal } from './random'

/** Feature maps of all sizes that the kernels meet, and of sizes that fit nothing. */
export const AWKWARD_MAPS: readonly (FeatureMaps & { readonly rows: number })[] = [1, 35, 64, 784].flatMap(
  (positions) => [1, 3, 4, 15, 16, 17].map((channels) => ({ positions, channels, rows: positions > 64 ? 3 : 21 })),
)

/**
 * Feature maps [rows · positions, channels], exact in f32, each about a mean of its own. Every second map has many equal
 * numbers, some of them zeros of either sign.
 */
export function randomMaps({ rows, positions, channels }: FeatureMaps & { readonly rows: number }): Float32Array {
  const normal = seededNormal(positions + channels)
  return Float32Array.from({ length: rows * positions * channels }, (_, at) => {
    const channel = at % channels
    const value = normal()
    if (channel % 2 === 0) return value + 3 * Math.sin(channel)
    const rounded = Math.round(value)
    return rounded === 0 && value < 0 ? -0 : rounded
  })
}
