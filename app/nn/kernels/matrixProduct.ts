import type { Workgroups } from '../../gpu/plan'
import { countTiles, type ProductSize, type ProductVariant } from '../variants'

/** Override constants of shaders/shared/matrix_product.wgsl. */
export const PRODUCT_CONSTANTS = ['TILED', 'TILE', 'THREADS', 'TILE_LENGTH'] as const

/** Invocations of a workgroup without tiles: few, so that small products reach every core of a CPU. */
const REGISTER_THREADS = 32
/** Edge of the block of sums one invocation keeps without tiles. */
const REGISTER_BLOCK = 8

export function productConstants({ tile }: ProductVariant): Record<(typeof PRODUCT_CONSTANTS)[number], number> {
  if (tile === 0) return { TILED: 0, TILE: 32, THREADS: REGISTER_THREADS, TILE_LENGTH: 1 }
  return { TILED: 1, TILE: tile, THREADS: tile ** 2 / 16, TILE_LENGTH: tile ** 2 / 8 }
}

export function productWorkgroups(product: ProductSize, { tile, splits }: ProductVariant): Workgroups {
  if (tile === 0) return [Math.ceil(countTiles(product, REGISTER_BLOCK) / REGISTER_THREADS), 1, splits]
  return [Math.ceil(product.columns / tile), Math.ceil(product.rows / tile), splits]
}

/** Floating-point operations. */
export function productCost(product: ProductSize): number {
  return 2 * product.rows * product.columns * product.inner
}
