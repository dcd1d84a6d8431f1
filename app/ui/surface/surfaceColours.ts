import type { StartedRun } from '../../runs/state'
import type { Rgb } from '../charts/viridis'
import { fromOklab, mixOklab, toOklab, type Oklab } from './okLab'

/** Okabe–Ito, told apart by colour-blind eyes, blue and orange first; then two more for ten classes. */
const classColours: readonly Rgb[] = [
  [0, 114, 178],
  [230, 159, 0],
  [0, 158, 115],
  [213, 94, 0],
  [204, 121, 167],
  [86, 180, 233],
  [240, 228, 66],
  [128, 128, 128],
  [120, 70, 40],
  [90, 60, 160],
]
const low = classColours[0]!
const high = classColours[3]!

/** How strongly the surface is tinted: the points on it, in the full colour, must stand out. */
const tint = 0.55

export function classColour(index: number): Rgb {
  return classColours[index % classColours.length]!
}

/** The colour of a regression target or prediction: blue below zero, vermilion above, the panel's own at zero. */
export function valueColour(value: number, largest: number, surface: Rgb): Rgb {
  const share = Math.min(1, Math.abs(value) / largest)
  return fromOklab(mixOklab(toOklab(surface), toOklab(value < 0 ? low : high), share))
}

/**
 * Colours of one point of the surface from the network's outputs there.
 * Classification: the classes' colours mixed by probability (a single output is the probability of class 1), on the
 * panel's colour; regression: blue to vermilion around zero.
 */
export function surfaceShader(
  task: StartedRun['data']['task'],
  outputs: number,
  largest: number,
  surface: Rgb,
): (values: Float32Array, offset: number) => Rgb {
  const ground = toOklab(surface)
  if (task.kind === 'regression') {
    return (values, offset) => {
      const value = values[offset]!
      const share = tint * Math.min(1, Math.abs(value) / largest)
      return fromOklab(mixOklab(ground, value < 0 ? lowOklab : highOklab, share))
    }
  }
  const colours = Array.from({ length: Math.max(2, outputs) }, (_, index) => toOklab(classColour(index)))
  return (values, offset) => {
    const mixed: [number, number, number] = [0, 0, 0]
    for (let index = 0; index < colours.length; index++) {
      const share = probability(values, offset, outputs, index)
      for (let part = 0; part < 3; part++) mixed[part]! += share * colours[index]![part]!
    }
    return fromOklab(mixOklab(ground, mixed, tint))
  }
}

const lowOklab: Oklab = toOklab(low)
const highOklab: Oklab = toOklab(high)

function probability(values: Float32Array, offset: number, outputs: number, index: number): number {
  if (outputs > 1) return values[offset + index]!
  return index === 1 ? values[offset]! : 1 - values[offset]!
}
