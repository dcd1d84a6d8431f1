import { foldWorkgroups, type Workgroups } from '../../gpu/plan'
import { countTiles, sharesTiles, type ProductSize, type ProductVariant } from '../variants'

/** Override constants of shaders/shared/matrix_product.wgsl. */
export const PRODUCT_CONSTANTS = ['TILE', 'THREADS', 'TILE_LENGTH'] as const

/** Invocations of a workgroup that shares nothing: few, so that small products reach every core of a CPU. */
const THREADS_ALONE = 4

export function productConstants({ tile }: ProductVariant): Record<(typeof PRODUCT_CONSTANTS)[number], number> {
  if (!sharesTiles(tile)) return { TILE: tile, THREADS: THREADS_ALONE, TILE_LENGTH: 1 }
  return { TILE: tile, THREADS: tile ** 2 / 16, TILE_LENGTH: tile ** 2 / 8 }
}

export function productWorkgroups(product: ProductSize, { tile, splits }: ProductVariant): Workgroups {
  if (!sharesTiles(tile)) {
    const [x, y] = foldWorkgroups(Math.ceil(countTiles(product, tile) / THREADS_ALONE))
    return [x, y, splits]
  }
  return [Math.ceil(product.columns / tile), Math.ceil(product.rows / tile), splits]
}

/** Floating-point operations. */
export function productCost(product: ProductSize): number {
  return 2 * product.rows * product.columns * product.inner
}
