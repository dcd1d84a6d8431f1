import { formatNumber, type FieldFault } from './faults'
import type { LayerKind } from './spec'

/** What an engine can hold and do. */
export interface Ceilings {
  readonly parameters: number
  /** Of all activations and gradients of a batch together. */
  readonly activationBytes: number
  /** Of one tensor of them. */
  readonly tensorBytes: number
  /** Floating-point operations of one training step. */
  readonly flopsPerStep: number
}

/** Beyond this even a graphics card with 8 GiB has to share its memory with the data and the screen. */
const ACTIVATION_BYTES = 2 * 2 ** 30
/** About ten seconds at what each can do: 1 TFLOP/s, 2 GFLOP/s, 0.5 GFLOP/s. A slower step is no live experiment. */
const GPU_FLOPS_PER_STEP = 1e13
const SOFTWARE_FLOPS_PER_STEP = 2e10
const REFERENCE_FLOPS_PER_STEP = 5e9

/**
 * Ceilings of a GPU.
 * @param limits of the device, in bytes, under WebGPU's names.
 * @param software whether the adapter computes on the CPU.
 */
export function gpuCeilings(
  limits: { readonly maxStorageBufferBindingSize: number; readonly maxBufferSize: number },
  software: boolean,
): Ceilings {
  const largestBinding = Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize)
  return {
    // All parameters lie in one binding of f32.
    parameters: Math.floor(largestBinding / 4),
    activationBytes: ACTIVATION_BYTES,
    tensorBytes: largestBinding,
    flopsPerStep: software ? SOFTWARE_FLOPS_PER_STEP : GPU_FLOPS_PER_STEP,
  }
}

/** Ceilings of the float64 engine that runs without a GPU. */
export const REFERENCE_CEILINGS: Ceilings = {
  parameters: 4_000_000,
  activationBytes: ACTIVATION_BYTES / 4,
  tensorBytes: ACTIVATION_BYTES / 8,
  flopsPerStep: REFERENCE_FLOPS_PER_STEP,
}

interface SizedLayer {
  readonly id: number
  readonly kind: LayerKind
  readonly parameters: number
  readonly inner: readonly SizedLayer[]
}

interface Size {
  readonly layers: readonly SizedLayer[]
  readonly parameters: number
  readonly activationBytes: number
  readonly largestTensorBytes: number
  readonly flopsPerStep: number
}

/** What is too large, with the figure and the ceiling, at the field that does most about it. */
export function ceilingFaults(size: Size, ceilings: Ceilings): readonly FieldFault[] {
  const faults: FieldFault[] = []
  if (size.parameters > ceilings.parameters) {
    const message = `The network has ${formatNumber(size.parameters)} parameters; ${formatNumber(ceilings.parameters)} fit this device. Make its widest layers narrower.`
    const excess = { of: 'parameters', ceiling: ceilings.parameters } as const
    faults.push({ path: heaviestWidth(size.layers), message, excess })
  }
  const path = 'training.batchSize'
  if (size.largestTensorBytes > ceilings.tensorBytes) {
    const message = `The activations of one layer take ${formatBytes(size.largestTensorBytes)} per batch; ${formatBytes(ceilings.tensorBytes)} fit this device. Lower the batch size.`
    faults.push({ path, message, excess: { of: 'largestTensorBytes', ceiling: ceilings.tensorBytes } })
  } else if (size.activationBytes > ceilings.activationBytes) {
    const message = `The activations of a batch take ${formatBytes(size.activationBytes)}; ${formatBytes(ceilings.activationBytes)} are allowed. Lower the batch size.`
    faults.push({ path, message, excess: { of: 'activationBytes', ceiling: ceilings.activationBytes } })
  }
  if (size.flopsPerStep > ceilings.flopsPerStep) {
    const message = `A step takes ${formatWork(size.flopsPerStep)}; ${formatWork(ceilings.flopsPerStep)} are allowed, for a step may not take many seconds. Lower the batch size or make layers narrower.`
    faults.push({ path, message, excess: { of: 'flopsPerStep', ceiling: ceilings.flopsPerStep } })
  }
  return faults
}

/** Path of the field that does most about the number of parameters; within a block, of one of its layers. */
function heaviestWidth(layers: readonly SizedLayer[]): string {
  const heaviest = layers.reduce((most, layer, index) => {
    return layer.parameters > (layers[most]?.parameters ?? 0) ? index : most
  }, 0)
  const layer = layers[heaviest]
  if (layer?.kind === 'residual') {
    // A projection goes by its block's id, and is as wide as the block.
    return `layers.${heaviest}.${heaviestWidth(layer.inner.filter(({ id }) => id !== layer.id))}`
  }
  return `layers.${heaviest}.${layer?.kind === 'dense' ? 'units' : 'channels'}`
}

function formatBytes(bytes: number): string {
  const mebibytes = bytes / 2 ** 20
  return mebibytes < 1000 ? `${roundTo3(mebibytes)} MiB` : `${roundTo3(mebibytes / 1024)} GiB`
}

function formatWork(flops: number): string {
  return `${roundTo3(flops / 1e9)} billion floating-point operations`
}

function roundTo3(value: number): string {
  return formatNumber(Number(value.toPrecision(3)))
}
