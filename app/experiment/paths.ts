/** A value inside a spec that has no parts of its own. */
export type Leaf = string | number | boolean | null

/** Every leaf of a JSON value by its path: “layers.1.units” → 64. Empty objects and lists have none. */
export function flattenLeaves(value: unknown): ReadonlyMap<string, Leaf> {
  const leaves = new Map<string, Leaf>()
  collectLeaves(value, '', leaves)
  return leaves
}

function collectLeaves(value: unknown, path: string, leaves: Map<string, Leaf>): void {
  if (typeof value === 'object' && value !== null) {
    for (const [key, part] of Object.entries(value)) collectLeaves(part, path ? `${path}.${key}` : key, leaves)
  } else if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    leaves.set(path, value)
  }
}
