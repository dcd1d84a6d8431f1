import { foldWorkgroups, type Workgroups } from '../../gpu/plan'
import { countTiles, sharesTiles, TILE_SIZES, type ProductSize, type ProductVariant } from '../variants'

/** Override constants of shaders/shared/matrix_product.wgsl. */
export const PRODUCT_CONSTANTS = [
  'TILE_ROWS',
  'TILE_COLUMNS',
  'TILE_DEPTH',
  'THREADS',
  'LEFT_LENGTH',
  'RIGHT_LENGTH',
] as const

/** Invocations of a workgroup that shares nothing: few, so that small products reach every core of a CPU. */
const THREADS_ALONE = 4

export function productConstants({ tile }: ProductVariant): Record<(typeof PRODUCT_CONSTANTS)[number], number> {
  const { rows, columns, depth } = TILE_SIZES[tile]
  const shares = sharesTiles(tile)
  return {
    TILE_ROWS: rows,
    TILE_COLUMNS: columns,
    TILE_DEPTH: depth,
    THREADS: shares ? (rows * columns) / 16 : THREADS_ALONE,
    LEFT_LENGTH: shares ? (rows * depth) / 4 : 1,
    RIGHT_LENGTH: shares ? (columns * depth) / 4 : 1,
  }
}

/** Tiles over x and y; splits, or copies, over z. */
export function productWorkgroups(product: ProductSize, { tile, splits }: ProductVariant): Workgroups {
  const { copies = 1 } = product
  const tiles = countTiles(product, tile) / copies
  const [x, y] = foldWorkgroups(sharesTiles(tile) ? tiles : Math.ceil(tiles / THREADS_ALONE))
  return [x, y, splits * copies]
}

/** Floating-point operations. */
export function productCost({ rows, columns, inner, copies = 1 }: ProductSize): number {
  return 2 * rows * columns * inner * copies
}
