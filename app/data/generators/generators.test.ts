import { describe, expect, test } from 'vitest'
import type { GeneratedDataSpec, PlaneKind } from '../../experiment/dataSpec'
import { elementsOf } from '../../experiment/tensorShape'
import { createDataset } from '../createDataset'
import type { Dataset } from '../dataset'
import type { GeneratedKind } from './generator'

const COMMON = { samples: 400, noise: 0, heldOut: 0.25, standardise: 'none' } as const
const LABELLED = { ...COMMON, labelNoise: 0 } as const
const SPECS: { readonly [Kind in GeneratedKind]: GeneratedDataSpec } = {
  circle: { kind: 'circle', ...LABELLED },
  xor: { kind: 'xor', ...LABELLED },
  spirals: { kind: 'spirals', ...LABELLED },
  moons: { kind: 'moons', ...LABELLED },
  checkerboard: { kind: 'checkerboard', ...LABELLED },
  gaussians: { kind: 'gaussians', ...LABELLED, classes: 5 },
  plane: { kind: 'plane', ...COMMON },
  hills: { kind: 'hills', ...COMMON },
  subspace: { kind: 'subspace', ...LABELLED, dimensions: 20, rank: 6, classes: 4 },
  teacher: { kind: 'teacher', ...LABELLED, dimensions: 10, hidden: 8, classes: 4 },
  digits: { kind: 'digits', ...LABELLED, size: 10, classes: 8 },
  shapes: { kind: 'shapes', ...LABELLED, size: 12, classes: 6, jitter: 0.5, rotation: 20, colour: 0.5, clutter: 0.5 },
  textures: { kind: 'textures', ...LABELLED, size: 10, classes: 5, scale: 3 },
}
const KINDS = Object.values(SPECS)

interface Point {
  readonly x: number
  readonly y: number
  readonly target: number
}

function pointsOf(dataset: Dataset): Point[] {
  return Array.from(dataset.targets, (target, row) => ({
    x: dataset.inputs[2 * row]!,
    y: dataset.inputs[2 * row + 1]!,
    target,
  }))
}

function cleanPoints(kind: PlaneKind): Point[] {
  return pointsOf(createDataset({ kind, ...LABELLED, samples: 2000 }, 5))
}

describe.each(KINDS)('$kind', (spec) => {
  test('gives the same bits for the same seed and others for another', () => {
    const first = createDataset(spec, 42)
    const again = createDataset(spec, 42)
    expect(again.inputs).toEqual(first.inputs)
    expect(again.targets).toEqual(first.targets)
    expect(createDataset(spec, 43).inputs).not.toEqual(first.inputs)
  })

  test('says how many samples of which shape it has', () => {
    const dataset = createDataset(spec, 1)
    expect([dataset.trainingCount, dataset.heldOutCount]).toEqual([300, 100])
    expect(dataset.features).toBe(elementsOf(dataset.shape))
    expect(dataset.inputs).toHaveLength(400 * dataset.features)
    expect(dataset.targets).toHaveLength(400)
    expect(dataset.inputs.every(Number.isFinite) && dataset.targets.every(Number.isFinite)).toBe(true)
  })

  test('keeps its samples when only the split changes', () => {
    const { inputs, trainingCount } = createDataset({ ...spec, heldOut: { last: 10 } }, 42)
    expect(inputs).toEqual(createDataset(spec, 42).inputs)
    expect(trainingCount).toBe(390)
  })

  test('lets noise move every kind of sample', () => {
    const noisy = createDataset({ ...spec, noise: 0.5 }, 42)
    const clean = createDataset(spec, 42)
    const changed = spec.kind === 'plane' || spec.kind === 'hills' || spec.kind === 'teacher' ? 'targets' : 'inputs'
    expect(noisy[changed]).not.toEqual(clean[changed])
  })
})

describe('classes', () => {
  test.each(KINDS.filter((spec) => 'labelNoise' in spec && spec.kind !== 'teacher'))(
    'are balanced to within one sample in both parts of $kind',
    (spec) => {
      const { task, targets, trainingCount } = createDataset(spec, 3)
      const classes = task.kind === 'classification' ? task.classes : 0
      for (const part of [targets.subarray(0, trainingCount), targets.subarray(trainingCount)]) {
        const counts = Array.from({ length: classes }, (_, label) => part.filter((target) => target === label).length)
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
      }
    },
  )

  test('of the teacher each get at least a third of their fair share', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const { targets } = createDataset({ ...SPECS.teacher, samples: 2000 }, seed)
      for (let label = 0; label < 4; label++) {
        expect(targets.filter((target) => target === label).length).toBeGreaterThan(2000 / 4 / 3)
      }
    }
  })
})

describe('clean patterns', () => {
  test('circle: a disc of radius 0.5 inside a ring from 0.7 to 1', () => {
    for (const { x, y, target } of cleanPoints('circle')) {
      const radius = Math.hypot(x, y)
      if (target === 1) expect(radius).toBeLessThanOrEqual(0.5001)
      else expect(Math.abs(radius - 0.85)).toBeLessThanOrEqual(0.1501)
    }
  })

  test('circle: the disc is filled evenly, a quarter of its points inside half its radius', () => {
    const disc = cleanPoints('circle').filter(({ target }) => target === 1)
    const inner = disc.filter(({ x, y }) => Math.hypot(x, y) < 0.25).length / disc.length
    expect(Math.abs(inner - 0.25)).toBeLessThan(0.05)
  })

  test('exclusive or: the class is whether the signs agree, and no point is near an axis', () => {
    for (const { x, y, target } of cleanPoints('xor')) {
      expect(target).toBe(x * y > 0 ? 1 : 0)
      expect(Math.min(Math.abs(x), Math.abs(y))).toBeGreaterThan(0.05)
    }
  })

  test('spirals: radius and angle name the arm', () => {
    for (const { x, y, target } of cleanPoints('spirals')) {
      const angle = 2 * Math.PI * 1.75 * Math.hypot(x, y) + target * Math.PI
      expect(Math.cos(Math.atan2(x, y) - angle)).toBeCloseTo(1, 6)
    }
  })

  test('moons: every point lies on its half circle', () => {
    for (const { x, y, target } of cleanPoints('moons')) {
      const [moonX, moonY] = [1.5 * x + 0.5, 1.5 * y + 0.25]
      expect(target === 0 ? Math.hypot(moonX, moonY) : Math.hypot(moonX - 1, moonY - 0.5)).toBeCloseTo(1, 5)
      expect(target === 0 ? moonY : 0.5 - moonY).toBeGreaterThanOrEqual(-1e-6)
    }
  })

  test('checkerboard: cells of 0.5 alternate, and all 16 are filled', () => {
    const cells = new Set<string>()
    for (const { x, y, target } of cleanPoints('checkerboard')) {
      const [column, row] = [Math.floor(2 * (x + 1)), Math.floor(2 * (y + 1))]
      expect((column + row) % 2).toBe(target)
      cells.add(`${column} ${row}`)
    }
    expect(cells.size).toBe(16)
  })

  test('gaussians: clouds five deviations apart on a ring', () => {
    const points = pointsOf(createDataset({ ...SPECS.gaussians, samples: 5000 }, 8))
    for (let label = 0; label < 5; label++) {
      const cloud = points.filter(({ target }) => target === label)
      const centre = { x: average(cloud.map(({ x }) => x)), y: average(cloud.map(({ y }) => y)) }
      expect(Math.hypot(centre.x, centre.y)).toBeCloseTo(0.7, 1)
      const deviation = Math.sqrt(average(cloud.map(({ x }) => (x - centre.x) ** 2)))
      // 1,000 samples give a deviation to about 2 %.
      expect(Math.abs(deviation / (0.28 * Math.sin(Math.PI / 5)) - 1)).toBeLessThan(0.08)
    }
  })

  test('plane: the target is the mean of the coordinates', () => {
    for (const { x, y, target } of pointsOf(createDataset(SPECS.plane, 2))) expect(target).toBeCloseTo((x + y) / 2, 6)
  })

  test('hills: heights reach towards both 1 and −1 and average near 0', () => {
    const heights = pointsOf(createDataset({ ...SPECS.hills, samples: 4000 }, 2)).map(({ target }) => target)
    expect(Math.max(...heights)).toBeGreaterThan(0.9)
    expect(Math.min(...heights)).toBeLessThan(-0.9)
    expect(Math.abs(average(heights))).toBeLessThan(0.1)
  })
})

describe('noise', () => {
  test('displaces plane points by its standard deviation', () => {
    const spec: GeneratedDataSpec = { kind: 'moons', ...LABELLED, samples: 4000 }
    const clean = createDataset(spec, 9)
    const noisy = createDataset({ ...spec, noise: 0.3 }, 9)
    const offsets = Array.from(noisy.inputs, (value, index) => value - clean.inputs[index]!)
    expect(Math.sqrt(average(offsets.map((offset) => offset ** 2)))).toBeCloseTo(0.3, 1)
    expect(Math.abs(average(offsets))).toBeLessThan(0.02)
  })
})

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
