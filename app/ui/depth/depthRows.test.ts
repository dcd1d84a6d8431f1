import { describe, expect, test } from 'vitest'
import { parseSpecOrThrow } from '../../experiment/schema'
import { describeArchitecture } from '../../experiment/architecture'
import type { ExperimentDocument } from '../../experiment/spec'
import { flatShape, type TensorShape } from '../../experiment/tensorShape'
import type { MeasuredSpectrum } from '../../metrics/spectrum'
import type { LinearProbes } from '../../runs/state'
import { depthRows, probesAt } from './depthRows'
import { fieldAxis, layerAxis, layerUnder, unproductiveRange } from './depthScales'

const conv = { kind: 'conv', channels: 4, kernel: 5 } as const
/** Fields of 5, 9, 13 and 17 pixels: the fourth layer reads one that is larger than the image of 12. */
const DEEP: ExperimentDocument['layers'] = [conv, conv, conv, conv, { kind: 'globalAveragePool' }, {}]
const IMAGE: TensorShape = { height: 12, width: 12, channels: 1 }

const probesOf = (step: number, accuracy: readonly (number | undefined)[]): LinearProbes => ({
  step,
  accuracy,
  chance: 0.1,
  trainingSamples: 100,
  heldOutSamples: 50,
})

/** k equal eigenvalues. */
const spectrumOf = (k: number, width: number): MeasuredSpectrum => ({
  eigenvalues: Float32Array.from({ length: width }, (_, index) => (index < k ? 1 : 0)),
  samples: 4_096,
  state: 'ok',
  solver: 'jacobi',
  sweeps: 1,
  offDiagonalNorm: 0,
})

function rowsOf(
  layers: ExperimentDocument['layers'],
  shape: TensorShape,
  probes?: LinearProbes,
  isMeasured: (name: string) => boolean = () => true,
) {
  const spec = parseSpecOrThrow({ data: { kind: 'digits', classes: 4 }, ...(layers && { layers }) })
  const task = { kind: 'classification', classes: 4 } as const
  const features = shape.height * shape.width * shape.channels
  const { measured } = describeArchitecture(spec, { shape, features, task })
  const outputs = measured.filter(({ name }) => isMeasured(name))
  const spectra = outputs.map(({ width }) => spectrumOf(1, width))
  const column = { step: 10, spectra, heldOutLoss: undefined, heldOutAccuracy: undefined }
  return depthRows({ spec, outputs, shape, column, probes, reading: { threshold: 0.99, convention: 'paper' } })
}

describe('rows of the figure of depth', () => {
  test('have each layer’s saturation, probe, receptive field and the border', () => {
    const rows = rowsOf(DEEP, IMAGE, probesOf(8, [0.5, 0.7, 0.8, 0.8, undefined]))
    expect(rows.map(({ name }) => name)).toEqual(['conv 1', 'conv 2', 'conv 3', 'conv 4', 'output'])
    expect(rows.map(({ spectrum }) => spectrum?.saturation)).toEqual(Array.from({ length: 5 }, () => 0.25))
    expect(rows.map(({ accuracy }) => accuracy)).toEqual([0.5, 0.7, 0.8, 0.8, undefined])
    expect(rows.map(({ field }) => field?.longest)).toEqual([5, 9, 13, 17, undefined])
    expect(rows.map(({ border }) => border)).toEqual([
      ...Array.from({ length: 3 }, () => undefined),
      { kind: 'certain', from: 'conv 4' },
      undefined,
    ])
    expect(unproductiveRange(rows)).toEqual([3, 3])
  })

  test('have the field of a projection, and a border that is not measured at the next layer that is', () => {
    const block = { kind: 'residual', layers: [{ ...conv, stride: 2 }, conv] } as const
    const network = [conv, block, conv, conv, conv, {}]
    const all = rowsOf(network, IMAGE)
    expect(all.find(({ name }) => name === 'block 1 projection')?.field).toEqual({ shortest: 5, longest: 5, jump: 2 })
    const border = all.find((row) => row.border?.kind === 'certain')?.name
    expect(border).toBe('conv 3')
    const some = rowsOf(network, IMAGE, undefined, (name) => name !== border)
    expect(some.find((row) => row.border?.kind === 'certain')).toMatchObject({
      name: 'conv 4',
      border: { from: 'conv 3' },
    })
    // The output looks at everything: nothing is left to be marked.
    const few = rowsOf(network, IMAGE, undefined, (name) => name === 'conv 1' || name === 'output')
    expect(few.map((row) => row.border)).toEqual([undefined, undefined])
  })

  test('of a dense network have no receptive fields, and nothing is predicted', () => {
    const rows = rowsOf([{ units: 9 }, { units: 5 }, {}], flatShape(20))
    expect(rows.map(({ field, border }) => [field, border])).toEqual(rows.map(() => [undefined, undefined]))
    expect(unproductiveRange(rows)).toBeUndefined()
  })
})

test('the probes shown are those that were newest at the step looked at', () => {
  const measured = [probesOf(5, []), probesOf(20, [])]
  expect(probesAt(measured, undefined)?.step).toBe(20)
  expect(probesAt(measured, 19)?.step).toBe(5)
  expect(probesAt(measured, 4)).toBeUndefined()
})

describe('scales of the figure of depth', () => {
  test('name as many layers as there is room for', () => {
    const names = Array.from({ length: 20 }, (_, index) => `block ${index} conv 1`)
    expect(layerAxis(names, 4_000).ticks).toHaveLength(20)
    const narrow = layerAxis(names, 340)
    expect(narrow.ticks).toEqual([0, 7, 14])
    expect(narrow.format(7)).toBe('block 7 conv 1')
    expect(narrow.domain).toEqual([-0.5, 19.5])
  })

  test('double the receptive field up to more than the image and the largest', () => {
    expect(fieldAxis(13, 32, 200).domain).toEqual([1, 64])
    expect(fieldAxis(43, 28, 200).ticks).toEqual([1, 2, 4, 8, 16, 32, 64])
    expect(fieldAxis(43, 28, 60).ticks).toEqual([1, 8, 64])
  })

  test('find the layer under the pointer', () => {
    expect([-0.4, 0.4, 0.6, 2.4, 2.6].map((value) => layerUnder(value, 3))).toEqual([0, 0, 1, 2, undefined])
  })
})
