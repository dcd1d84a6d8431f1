import { describe, expect, test } from 'vitest'
import type { ShapesData } from '../../../experiment/dataSpec'
import { createDataset } from '../../createDataset'
import { fillFigure } from './colourRaster'
import { figures, type Figure } from './figures'

function shapesSpec(settings: Partial<ShapesData>): ShapesData {
  const plain = { jitter: 0, rotation: 0, colour: 0, clutter: 0, noise: 0, labelNoise: 0 } as const
  const shape = { size: 16, classes: 20, samples: 1000 } as const
  return { kind: 'shapes', ...shape, ...plain, heldOut: 0, standardise: 'none', ...settings }
}

const SIDE = 48

/** How much of each of SIDE² pixels a turned figure covers. */
function coverage({ outlines }: Figure, degrees: number, mirrored = false): Float32Array {
  const angle = (degrees * Math.PI) / 180
  const [cosine, sine] = [SIDE * 0.32 * Math.cos(angle), SIDE * 0.32 * Math.sin(angle)]
  const turned = outlines.map((outline) =>
    outline.map((_, index) => {
      const x = outline[index - (index % 2)]! * (mirrored ? -1 : 1)
      const y = outline[index - (index % 2) + 1]!
      return SIDE / 2 + (index % 2 === 0 ? cosine * x - sine * y : sine * x + cosine * y)
    }),
  )
  const picture = new Float32Array(SIDE * SIDE * 3)
  fillFigure(picture, SIDE, turned, [1, 1, 1])
  return picture.filter((_, index) => index % 3 === 0)
}

const sum = (values: Float32Array) => values.reduce((total, value) => total + value, 0)

/** Share of what either covers that both do. */
function overlap(one: Float32Array, other: Float32Array): number {
  const both = sum(one.map((value, pixel) => Math.min(value, other[pixel]!)))
  return both / (sum(one) + sum(other) - both)
}

/** Share of pictures nearest, of all classes’ means, to that of their own; means are of the first half. */
function nearestMeanAccuracy(spec: ShapesData): number {
  const { inputs, targets, features } = createDataset(spec, 3)
  const half = targets.length / 2
  const means = Array.from({ length: spec.classes }, () => new Float64Array(features))
  for (let row = 0; row < half; row++) {
    const mean = means[targets[row]!]!
    for (let i = 0; i < features; i++) mean[i] = mean[i]! + (inputs[row * features + i]! * spec.classes) / half
  }
  let right = 0
  for (let row = half; row < targets.length; row++) {
    const distances = means.map((mean) => mean.reduce((far, m, i) => far + (m - inputs[row * features + i]!) ** 2, 0))
    if (distances.indexOf(Math.min(...distances)) === targets[row]) right++
  }
  return right / half
}

describe('figures', () => {
  test('all have the same area and their centre of gravity in the middle', () => {
    for (const figure of figures) {
      const covered = coverage(figure, 0)
      expect(sum(covered) / (SIDE * 0.32) ** 2, figure.name).toBeCloseTo(1.4, 1)
      const middle = (SIDE - 1) / 2
      const moment = (along: (pixel: number) => number) => sum(covered.map((value, pixel) => value * along(pixel)))
      expect(moment((pixel) => (pixel % SIDE) - middle) / sum(covered), figure.name).toBeCloseTo(0, 1)
      expect(moment((pixel) => Math.floor(pixel / SIDE) - middle) / sum(covered), figure.name).toBeCloseTo(0, 1)
    }
  })

  test('are twenty, of different names, and within the picture however they are turned', () => {
    expect(new Set(figures.map(({ name }) => name)).size).toBe(20)
    for (const { name, outlines } of figures) {
      const farthest = Math.max(
        ...outlines.flatMap((outline) => outline.map((x, i) => (i % 2 ? 0 : Math.hypot(x, outline[i + 1]!)))),
      )
      expect(farthest, name).toBeLessThan(1.5)
    }
  })

  test('are different ones, however they are turned', () => {
    const upright = figures.map((figure) => coverage(figure, 0))
    for (let one = 0; one < figures.length; one++) {
      for (let degrees = 0; degrees < 360; degrees += 15) {
        const turned = coverage(figures[one]!, degrees)
        for (let other = one + 1; other < figures.length; other++) {
          const names = `${figures[one]!.name} turned by ${degrees} and ${figures[other]!.name}`
          expect(overlap(turned, upright[other]!), names).toBeLessThan(0.86)
        }
      }
    }
  })
})

describe('fillFigure', () => {
  test('gives pixels the share of the colour that the figure covers of them', () => {
    const picture = new Float32Array(6 * 6 * 3).fill(0.2)
    fillFigure(picture, 6, [[1.5, 1, 4.5, 1, 4.5, 4, 1.5, 4]], [1, 0.2, 0])
    const pixel = (row: number, column: number) => [...picture.subarray((row * 6 + column) * 3).subarray(0, 3)]
    expect(pixel(2, 2).map((value) => Number(value.toFixed(4)))).toEqual([1, 0.2, 0])
    expect(pixel(2, 1).map((value) => Number(value.toFixed(4)))).toEqual([0.6, 0.2, 0.1])
    expect(pixel(5, 5).map((value) => Number(value.toFixed(4)))).toEqual([0.2, 0.2, 0.2])
  })

  test('leaves a hole where an outline lies inside another, and cuts off what is outside the picture', () => {
    const picture = new Float32Array(8 * 8 * 3)
    const outer = [-4, -4, 12, -4, 12, 12, -4, 12]
    const inner = [2, 2, 6, 2, 6, 6, 2, 6]
    fillFigure(picture, 8, [outer, inner], [1, 1, 1])
    expect([picture[0], picture[(4 * 8 + 4) * 3]]).toEqual([1, 0])
  })
})

describe('shapes', () => {
  test('with every knob at 0 are told apart by their mean pictures', () => {
    expect(nearestMeanAccuracy(shapesSpec({}))).toBeGreaterThan(0.95)
  })

  test('become harder with every knob', () => {
    const some = { jitter: 0.5, samples: 2000 }
    const before = nearestMeanAccuracy(shapesSpec(some))
    const harder: Partial<ShapesData>[] = [{ jitter: 1 }, { rotation: 90 }, { colour: 1 }, { clutter: 1 }, { noise: 3 }]
    for (const knob of harder) {
      expect(nearestMeanAccuracy(shapesSpec({ ...some, ...knob })), JSON.stringify(knob)).toBeLessThan(before - 0.05)
    }
  })

  test('lie within the picture, even those that wander to its edges', () => {
    const { inputs } = createDataset(shapesSpec({ jitter: 1, rotation: 180, samples: 400 }), 2)
    const ink = Array.from({ length: 400 }, (_, row) => sum(inputs.subarray(row * 768, (row + 1) * 768)) / 3)
    // Light on dark: 256 pixels of 0.1, and 0.8 for each that the figure covers, of which none is lost beyond the edges.
    for (const total of ink) expect(total).toBeGreaterThan(25.6 + 0.8 * 1.4 * (16 * 0.25) ** 2 * 0.95)
  })

  test('keep away from their ground whatever their colours', () => {
    const { inputs, task } = createDataset(shapesSpec({ colour: 1, classes: 2, samples: 200, size: 32 }), 5)
    expect(task).toMatchObject({ classNames: ['disc', 'triangle'] })
    for (let row = 0; row < 200; row++) {
      const picture = inputs.subarray(row * 3072, (row + 1) * 3072)
      const middle = (16 * 32 + 16) * 3
      for (let channel = 0; channel < 3; channel++) {
        expect(Math.abs(picture[middle + channel]! - picture[channel]!)).toBeGreaterThan(0.3)
      }
    }
  })

  test('are made fast enough: 6,000 at 16×16 in less than two seconds', () => {
    const spec = shapesSpec({ samples: 6000, noise: 0.1, jitter: 0.5, rotation: 20, colour: 0.5, clutter: 0.5 })
    createDataset({ ...spec, samples: 500 }, 1)
    const times = [1, 2, 3].map((seed) => {
      const start = performance.now()
      createDataset(spec, seed)
      return performance.now() - start
    })
    expect(Math.min(...times)).toBeLessThan(2000)
  })
})
