/** A fault of one field of the spec: `path` as in “layers.1.units”, empty for the document as a whole. */
export interface FieldFault {
  readonly path: string
  /** A sentence or two: what was found, what is allowed, what to do. */
  readonly message: string
  /** Where the network as a whole is too large for the device: which of its figures, and the most it may be. */
  readonly excess?: Excess
}

export interface Excess {
  readonly of: 'parameters' | 'activationBytes' | 'largestTensorBytes' | 'flopsPerStep'
  readonly ceiling: number
}

/** A value of a document as a person would name it: -3, “relu”, a list of 2. */
export function describeFound(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (typeof value === 'number') return formatNumber(value)
  if (typeof value === 'string') return quote(value)
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object') return 'an object'
  if (typeof value === 'boolean') return String(value)
  return `a ${typeof value}`
}

/** The number in full, thousands separated; very large and very small ones in scientific notation. */
export function formatNumber(value: number): string {
  const size = Math.abs(value)
  if (!Number.isFinite(value) || size >= 1e15 || (size > 0 && size < 1e-4)) return String(value)
  return value.toLocaleString('en-US', { maximumFractionDigits: 12 })
}

/** “a, b or c” */
export function listAlternatives(names: readonly string[]): string {
  if (names.length < 2) return names.join('')
  return `${names.slice(0, -1).join(', ')} or ${names[names.length - 1] ?? ''}`
}

/** Advice after an unknown name: the likeliest one meant, or all that exist. */
export function adviseName(found: string, known: readonly string[]): string {
  const synonym = SYNONYMS[plainName(found)]
  const nearest = synonym !== undefined && known.includes(synonym) ? synonym : nearestName(found, known)
  return nearest === undefined ? `Use ${listAlternatives(known)}.` : `Did you mean ${quote(nearest)}?`
}

const LONGEST_QUOTE = 40

/** What other libraries call our names, in lower case without separators. */
const SYNONYMS: Readonly<Record<string, string>> = {
  alpha: 'decay',
  autoencoder: 'reconstruction',
  bce: 'binaryCrossEntropy',
  ce: 'crossEntropy',
  eps: 'epsilon',
  epochs: 'steps',
  identity: 'linear',
  kaiming: 'he',
  lr: 'learningRate',
  mnist: 'idx',
  mse: 'meanSquaredError',
  none: 'linear',
  swish: 'silu',
  width: 'units',
  xavier: 'glorot',
}

function quote(text: string): string {
  return `“${text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text}”`
}

/** The known name within a third of its length in edits, ignoring case and separators; undefined where none is. */
function nearestName(found: string, known: readonly string[]): string | undefined {
  // Longer names than any field has need no comparing, and would make it slow.
  const plain = plainName(found.slice(0, LONGEST_QUOTE))
  let nearest: string | undefined
  let smallest = Infinity
  for (const name of known) {
    const distance = editDistance(plain, plainName(name))
    if (distance < smallest && distance <= Math.max(1, Math.floor(name.length / 3))) {
      nearest = name
      smallest = distance
    }
  }
  return nearest
}

function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_ ]/g, '')
}

/** Optimal string alignment: insertions, deletions, replacements and swaps of neighbours that turn one into the other. */
function editDistance(from: string, to: string): number {
  const width = to.length + 1
  const distances = new Uint32Array((from.length + 1) * width)
  for (let column = 0; column < width; column++) distances[column] = column
  for (let row = 1; row <= from.length; row++) {
    const start = row * width
    distances[start] = row
    for (let column = 1; column < width; column++) {
      const here = start + column
      const replaced = distances[here - width - 1]! + (from[row - 1] === to[column - 1] ? 0 : 1)
      const swapped =
        row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
          ? distances[here - 2 * width - 2]! + 1
          : Infinity
      distances[here] = Math.min(replaced, swapped, distances[here - width]! + 1, distances[here - 1]! + 1)
    }
  }
  return distances[distances.length - 1]!
}
