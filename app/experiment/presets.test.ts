import { describe, expect, test } from 'vitest'
import { describeArchitecture } from './architecture'
import { REFERENCE_CEILINGS } from './ceilings'
import { dataShape } from './dataShape'
import type { Preset } from './preset'
import { presets } from './presetList'
import { defaultPreset, presetSpecs, referenceDefault } from './presets'
import { canRace } from './race'
import { borderLayers } from './receptiveField'

const all = [...presets, referenceDefault]

function architecturesOf(preset: Preset) {
  return presetSpecs(preset).map((spec) => {
    const shape = dataShape(spec.data)
    if (!shape) throw new Error(`${preset.id} needs files`)
    return { spec, ...describeArchitecture(spec, shape, REFERENCE_CEILINGS) }
  })
}

const architectureOf = (preset: Preset) => architecturesOf(preset)[0]!

describe.each(all)('the preset “$id”', (preset) => {
  const architectures = architecturesOf(preset)

  test('can run as it is, even without a GPU', () => {
    for (const { spec, faults } of architectures) {
      expect(faults).toEqual([])
      expect(spec.name).toBe(preset.title)
    }
  })

  test('measures every layer on at least ten samples per unit', () => {
    for (const { spec, measured } of architectures) {
      const widest = Math.max(...measured.map(({ width }) => width))
      const samples = 'samples' in spec.data ? Math.min(spec.monitor.samples, spec.data.samples) : 0
      expect(samples).toBeGreaterThanOrEqual(10 * widest)
    }
  })

  test('puts up what can race', () => {
    const [first, ...others] = architectures.map(({ spec }) => spec)
    for (const other of others) {
      expect(canRace(first!, other)).toBe(true)
      expect(other).not.toEqual(first)
    }
  })

  test('says in a sentence what it is and what to look at', () => {
    expect(preset.title.length).toBeLessThan(60)
    for (const sentence of [preset.description, preset.lookAt]) expect(sentence).toMatch(/^[A-Z].{20,140}\.$/)
    if (preset.measured !== undefined) expect(preset.measured).toMatch(/^We measured .{20,200}\.$/)
  })
})

test('ids and titles of the menu differ', () => {
  expect(new Set(presets.map((preset) => preset.id)).size).toBe(presets.length)
  expect(new Set(presets.map((preset) => preset.title)).size).toBe(presets.length)
})

test.each([
  ['image-tail', 'conv 4', undefined],
  ['image-size', 'conv 4', 'conv 6'],
])('“%s” reads more than its image from %s on, and what races beside it from %s', (id, ...borders) => {
  const specs = presetSpecs(presets.find((preset) => preset.id === id)!)
  const found = specs.map(({ layers, data }) => borderLayers(layers, dataShape(data)!.shape).border)
  expect(found).toEqual(borders.filter((border) => border !== undefined))
})

test('the first preset is live on an adapter that computes 1 GFLOP/s: a step in 40 ms, a column in half a second', () => {
  expect(presets[0]).toBe(defaultPreset)
  const { spec, measured, flopsPerStep, flopsPerSample } = architectureOf(defaultPreset)
  expect(flopsPerStep).toBeLessThan(0.04e9)
  const covarianceFlops = measured.reduce((sum, { width }) => sum + 2 * width ** 2, 0)
  expect((flopsPerSample + covarianceFlops) * spec.monitor.samples).toBeLessThan(0.5e9)
  // Orders the packed GPU solver takes in 16 KiB of workgroup memory.
  expect(Math.max(...measured.map(({ width }) => width))).toBeLessThanOrEqual(88)
})

test('the preset for browsers without WebGPU takes less than a quarter of the first one’s work', () => {
  expect(4 * architectureOf(referenceDefault).flopsPerStep).toBeLessThan(architectureOf(defaultPreset).flopsPerStep)
})
