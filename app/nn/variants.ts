/** A matrix product [rows, inner] · [inner, columns]. */
export interface ProductSize {
  readonly rows: number
  readonly columns: number
  readonly inner: number
}

/** How a matrix product is computed; each sums in a fixed order, but not all in the same one. */
export interface ProductVariant {
  /** Edge of the tile of sums: of one invocation (8, 16: no barriers) or shared by a workgroup (32, 64). */
  readonly tile: 8 | 16 | 32 | 64
  /** Parts into which the inner dimension is cut and computed side by side; more than 1 needs a second dispatch. */
  readonly splits: number
}

/** Where a variant is forced: whatever is left out follows the rule. */
export type ForcedVariant = Partial<ProductVariant>

/** What of a product decides its variant besides its size. */
export interface ProductUse {
  /** Of the layer it belongs to. */
  readonly weights: number
  /** false where no dispatch adds up the parts. */
  readonly splittable: boolean
}

/** On a CPU large tiles compute faster and compile three times as long: the smallest layer worth it. */
const WEIGHTS_FOR_LARGE_TILES = 32_768
/** Large tiles read memory half as often, but only so many of them keep every core of a GPU busy. */
const WORKGROUPS_FOR_LARGE_TILES = 64
/** Below this many small tiles (of 64 invocations) even an integrated GPU has idle cores. */
const WORKGROUPS_WANTED = 64
/** Shorter sums finish before a second dispatch would have started. */
const SHORTEST_SPLIT_PRODUCT = 512
/** Terms of a split: shorter ones cost more in partial sums, written and read again, than they save. */
const SHORTEST_SPLIT = 128

/**
 * The rule by which variants are chosen.
 * - Adapters that compute on the CPU pay for barriers, so there invocations share nothing; with few cores they gain
 *   nothing from splits.
 * - GPUs share tiles: 64×64 where there are enough of them, else 32×32.
 * - A small result of long sums (a narrow layer on a wide one; weights of a small layer over a large batch) has too
 *   few tiles for the GPU's cores: its sums are split until it has.
 */
export function chooseVariant(
  product: ProductSize,
  { weights, splittable }: ProductUse,
  adapter: { readonly software: boolean },
  forced: ForcedVariant = {},
): ProductVariant {
  const tile = forced.tile ?? (adapter.software ? chooseTileAlone(weights) : chooseSharedTile(product))
  const splits = splittable ? (forced.splits ?? chooseSplits(product, tile)) : 1
  return { tile, splits: Math.ceil(product.inner / innerPerSplit(product.inner, { tile, splits })) }
}

function chooseTileAlone(weights: number): ProductVariant['tile'] {
  return weights >= WEIGHTS_FOR_LARGE_TILES ? 16 : 8
}

function chooseSharedTile(product: ProductSize): ProductVariant['tile'] {
  return countTiles(product, 64) >= WORKGROUPS_FOR_LARGE_TILES ? 64 : 32
}

function chooseSplits(product: ProductSize, tile: ProductVariant['tile']): number {
  if (!sharesTiles(tile) || product.inner < SHORTEST_SPLIT_PRODUCT) return 1
  const wanted = Math.ceil(WORKGROUPS_WANTED / countTiles(product, tile))
  return Math.min(wanted, Math.floor(product.inner / SHORTEST_SPLIT))
}

/** Whether a workgroup shares its tiles through workgroup memory. */
export function sharesTiles(tile: ProductVariant['tile']): boolean {
  return tile >= 32
}

/** Tiles of one split. */
export function countTiles(product: ProductSize, edge: number): number {
  return Math.ceil(product.rows / edge) * Math.ceil(product.columns / edge)
}

/** Terms of one split: a whole number of the steps the kernel takes, so that no split cuts a step. */
export function innerPerSplit(inner: number, variant: ProductVariant): number {
  const step = sharesTiles(variant.tile) ? variant.tile / 2 : 4
  return Math.ceil(inner / variant.splits / step) * step
}

/** For the record kept with every result: “shared tiles of 32, 4 splits”. */
export function describeVariant(variant: ProductVariant): string {
  const blocks = sharesTiles(variant.tile) ? `shared tiles of ${variant.tile}` : `tiles of ${variant.tile}`
  return variant.splits === 1 ? blocks : `${blocks}, ${variant.splits} splits`
}
