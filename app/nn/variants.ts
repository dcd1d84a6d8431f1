/** A matrix product [rows, inner] · [inner, columns]. */
export interface ProductSize {
  readonly rows: number
  readonly columns: number
  readonly inner: number
  /** Products of this size computed side by side, without splits; 1 by default. */
  readonly copies?: number
}

/**
 * The tile of sums: 8×8 or 16×16 of one invocation, without barriers; or 32×32, 64×64 or, `narrow`, 64×16 shared by a
 * workgroup.
 */
export type Tile = 8 | 16 | 32 | 64 | 'narrow'

interface TileSize {
  readonly rows: number
  readonly columns: number
  /** Terms taken at a time. */
  readonly depth: number
}

/** A workgroup's invocations have one sixteenth of the sums each, and stage at most one block of 4×4 per step. */
export const TILE_SIZES: Readonly<Record<Tile, TileSize>> = {
  8: { rows: 8, columns: 8, depth: 4 },
  16: { rows: 16, columns: 16, depth: 4 },
  32: { rows: 32, columns: 32, depth: 16 },
  64: { rows: 64, columns: 64, depth: 32 },
  narrow: { rows: 64, columns: 16, depth: 12 },
}

/** How a matrix product is computed; each sums in a fixed order, but not all in the same one. */
export interface ProductVariant {
  readonly tile: Tile
  /** Parts into which the inner dimension is cut and computed side by side; more than 1 needs a second dispatch. */
  readonly splits: number
}

/** Where a variant is forced: whatever is left out follows the rule. */
export type ForcedVariant = Partial<ProductVariant>

/** What of a product decides its variant besides its size. */
export interface ProductUse {
  /** Of the layer it belongs to; of a convolution, of the dense layer that takes as long. */
  readonly weights: number
  /** false where no dispatch adds up the parts. */
  readonly splittable: boolean
}

/** On a CPU large tiles compute faster and compile three times as long: the smallest layer worth it. */
const WEIGHTS_FOR_LARGE_TILES = 32_768
/** Invocations that a core computes side by side: a result of fewer large tiles leaves the rest of them idle. */
const LANES_OF_A_CPU = 4
/** Below this many workgroups of 64 invocations even an integrated GPU has idle cores. */
const WORKGROUPS_WANTED = 64
/** So many hide the waiting for memory, too. */
const WORKGROUPS_FOR_LONG_SUMS = 256
/** Larger tiles read memory less often, which makes up for computing this much more beside a narrow result. */
const TOLERATED_WASTE = 1.25
/** Shorter sums finish before a second dispatch would have started. */
const SHORTEST_SPLIT_PRODUCT = 512
/** Terms of a split: shorter ones cost more in partial sums, written and read again, than they save. */
const SHORTEST_SPLIT = 128
/** Terms of a split from which on its partial sums cost next to nothing. */
const LONG_SPLIT = 1024
/** The rounding error of a sum grows with the root of its terms: of 8,192 it is about 4e-6. */
const LONGEST_SPLIT = 8192

/**
 * The rule by which variants are chosen.
 * - Adapters that compute on the CPU pay for barriers, so there invocations share nothing; with few cores they gain
 *   nothing from splits.
 * - GPUs share tiles: the largest that keep every core busy and compute little beside the result.
 * - A small result of long sums (a narrow layer on a wide one; weights of a small layer over a large batch, or over all
 *   positions of images) has too few tiles for the GPU's cores: its sums are split until it has.
 * - Sums of very many terms are split everywhere, for accuracy.
 */
export function chooseVariant(
  product: ProductSize,
  { weights, splittable }: ProductUse,
  adapter: { readonly software: boolean },
  forced: ForcedVariant = {},
): ProductVariant {
  const tile =
    forced.tile ?? (adapter.software ? chooseTileAlone(product, weights) : chooseSharedTile(product, splittable))
  const splits = splittable ? (forced.splits ?? chooseSplits(product, tile)) : 1
  return { tile, splits: Math.ceil(product.inner / innerPerSplit(product.inner, { tile, splits })) }
}

function chooseTileAlone(product: ProductSize, weights: number): Tile {
  return weights >= WEIGHTS_FOR_LARGE_TILES && countTiles(product, 16) >= LANES_OF_A_CPU ? 16 : 8
}

function chooseSharedTile(product: ProductSize, splittable: boolean): Tile {
  const parts = splittable ? mostSplits(product) : 1
  const busy = ([64, 'narrow'] as const).filter((tile) => {
    // A large tile is a workgroup of 256: its sums are not split to have more of them.
    return countTiles(product, tile) * (tile === 64 ? 1 : parts) >= WORKGROUPS_WANTED
  })
  const least = Math.min(...[32 as const, ...busy].map((tile) => computedSums(product, tile)))
  const candidates = ([64, 32, 'narrow'] as const).filter((tile) => tile === 32 || busy.includes(tile))
  return candidates.find((tile) => computedSums(product, tile) <= TOLERATED_WASTE * least)!
}

function computedSums(product: ProductSize, tile: Tile): number {
  return countTiles(product, tile) * TILE_SIZES[tile].rows * TILE_SIZES[tile].columns
}

function chooseSplits(product: ProductSize, tile: Tile): number {
  const forAccuracy = Math.ceil(product.inner / LONGEST_SPLIT)
  if (!sharesTiles(tile) || product.inner < SHORTEST_SPLIT_PRODUCT) return forAccuracy
  const tiles = countTiles(product, tile)
  const forCores = Math.min(Math.ceil(WORKGROUPS_WANTED / tiles), mostSplits(product))
  const forMemory = Math.min(Math.ceil(WORKGROUPS_FOR_LONG_SUMS / tiles), Math.floor(product.inner / LONG_SPLIT))
  return Math.max(forCores, forMemory, forAccuracy)
}

function mostSplits({ inner }: ProductSize): number {
  return inner < SHORTEST_SPLIT_PRODUCT ? 1 : Math.floor(inner / SHORTEST_SPLIT)
}

/** Whether a workgroup shares its tiles through workgroup memory. */
export function sharesTiles(tile: Tile): boolean {
  return TILE_SIZES[tile].depth > 4
}

/** Tiles of one split. */
export function countTiles({ rows, columns, copies = 1 }: ProductSize, tile: Tile): number {
  const size = TILE_SIZES[tile]
  return Math.ceil(rows / size.rows) * Math.ceil(columns / size.columns) * copies
}

/** Terms of one split: a whole number of the steps the kernel takes, so that no split cuts a step. */
export function innerPerSplit(inner: number, { tile, splits }: ProductVariant): number {
  const { depth } = TILE_SIZES[tile]
  return Math.ceil(inner / splits / depth) * depth
}

/** For the record kept with every result: “shared tiles of 32, 4 splits”. */
export function describeVariant({ tile, splits }: ProductVariant): string {
  const { rows, columns } = TILE_SIZES[tile]
  const size = rows === columns ? `${rows}` : `${rows}×${columns}`
  const blocks = `${sharesTiles(tile) ? 'shared tiles' : 'tiles'} of ${size}`
  return splits === 1 ? blocks : `${blocks}, ${splits} splits`
}
