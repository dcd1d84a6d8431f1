import type { Gpu } from '../../gpu/device'
import { convBackwardInput, type ConvBackwardInputKernel } from '../kernels/convBackwardInput'
import {
  convBackwardWeights,
  filterGradientProduct,
  type ConvBackwardWeightsKernels,
  type FilterGradient,
} from '../kernels/convBackwardWeights'
import { convForward, type ConvForwardKernels } from '../kernels/convForward'
import { convolutionConstants, mapProduct, type ConvolutionMap } from '../kernels/convolutionMap'
import { shareConstants, type ShareForm } from '../kernels/inputGradient'
import { outputConstants, type OutputForm } from '../kernels/layerOutput'
import { layerOutputFinish } from '../kernels/layerOutputFinish'
import { productConstants, productCost } from '../kernels/matrixProduct'
import { weightGradientFinish } from '../kernels/weightGradient'
import { chooseVariant, type ForcedVariant, type ProductSize, type ProductVariant } from '../variants'

/** Samples for which a dense layer of a number of weights takes as long as a product of as many terms per sample. */
const USUAL_BATCH = 64

/** A map forwards; an adjoint is phases already, so its sums are not split. */
export async function compileConvolution(
  gpu: Gpu,
  map: ConvolutionMap,
  form: OutputForm,
  forced: ForcedVariant | undefined,
): Promise<ConvForwardKernels> {
  const variant = chooseConvVariant(gpu, mapProduct(map), !map.adjoint, forced)
  const split = variant.splits > 1
  const output = outputConstants(form)
  const constants = { ...productConstants(variant), ...convolutionConstants(map), ...output, SPLIT: split ? 1 : 0 }
  const [main, finish] = await Promise.all([
    gpu.pipelines.compile(convForward, constants),
    split ? gpu.pipelines.compile(layerOutputFinish, output) : undefined,
  ])
  return { main, finish, variant }
}

/** A map backwards, to a share of the gradient in a layer's input. */
export async function compileConvolutionShare(
  gpu: Gpu,
  map: ConvolutionMap,
  share: ShareForm,
  forced: ForcedVariant | undefined,
): Promise<ConvBackwardInputKernel> {
  const variant = chooseConvVariant(gpu, mapProduct(map), false, forced)
  const constants = { ...productConstants(variant), ...convolutionConstants(map), ...shareConstants(share) }
  return { main: await gpu.pipelines.compile(convBackwardInput, constants), variant }
}

export async function compileFilterGradient(
  gpu: Gpu,
  map: FilterGradient,
  forced: ForcedVariant | undefined,
): Promise<ConvBackwardWeightsKernels> {
  const variant = chooseConvVariant(gpu, filterGradientProduct(map), true, forced)
  const split = variant.splits > 1
  const packing = { PACKED_INPUT: map.packed ? 1 : 0 }
  const [main, finish] = await Promise.all([
    gpu.pipelines.compile(convBackwardWeights, { ...productConstants(variant), ...packing, SPLIT: split ? 1 : 0 }),
    split ? gpu.pipelines.compile(weightGradientFinish, {}) : undefined,
  ])
  return { main, finish, variant }
}

function chooseConvVariant(
  gpu: Gpu,
  product: ProductSize,
  splittable: boolean,
  forced: ForcedVariant | undefined,
): ProductVariant {
  const weights = productCost(product) / (2 * USUAL_BATCH)
  return chooseVariant(product, { weights, splittable }, gpu, forced)
}
