import { expect, test } from 'vitest'
import type { Activation } from '../../experiment/spec'
import { activationFunctions } from './activation'
import { erfc } from './erfc'

const names = Object.keys(activationFunctions) as Activation[]

/** Central differences of f at z; its own error is about 1e-10. */
function centralDifference(f: (z: number) => number, z: number): number {
  const step = 1e-5
  return (f(z + step) - f(z - step)) / (2 * step)
}

test('every derivative is the limit of central differences', () => {
  for (const name of names) {
    const { value, derivative } = activationFunctions[name]
    for (let z = -6.01; z < 6; z += 0.37)
      expect(derivative(z), `${name} at ${z}`).toBeCloseTo(centralDifference(value, z), 8)
  }
})

test('values agree with the definitions evaluated in 30 digits', () => {
  // mpmath 1.3; gelu is z·ncdf(z).
  const at = (name: Activation) => [-2, -0.5, 0, 1.5].map(activationFunctions[name].value)
  expect(at('relu')).toEqual([0, 0, 0, 1.5])
  expect(at('leakyRelu')).toEqual([-0.02, -0.005, 0, 1.5])
  expect(at('tanh').map((v) => v.toFixed(12))).toEqual([
    '-0.964027580076',
    '-0.462117157260',
    '0.000000000000',
    '0.905148253645',
  ])
  expect(at('sigmoid').map((v) => v.toFixed(12))).toEqual([
    '0.119202922022',
    '0.377540668798',
    '0.500000000000',
    '0.817574476194',
  ])
  expect(at('silu').map((v) => v.toFixed(12))).toEqual([
    '-0.238405844044',
    '-0.188770334399',
    '0.000000000000',
    '1.226361714290',
  ])
  expect(at('gelu').map((v) => v.toFixed(12))).toEqual([
    '-0.045500263896',
    '-0.154268769363',
    '0.000000000000',
    '1.399789198097',
  ])
})

test('large preactivations saturate without overflow and NaN stays NaN', () => {
  for (const name of names) {
    const { value, derivative } = activationFunctions[name]
    for (const z of [-1e4, -100, 100, 1e4]) {
      expect(value(z), name).toBeTypeOf('number')
      expect(Number.isFinite(value(z)) && Number.isFinite(derivative(z)), `${name} at ${z}`).toBe(true)
    }
    expect(value(NaN), name).toBeNaN()
  }
  expect(activationFunctions.gelu.value(-100)).toBeCloseTo(0, 300)
  expect(activationFunctions.sigmoid.value(-100) / Math.exp(-100)).toBeCloseTo(1, 12)
})

/** erf(x) by its Maclaurin series of positive terms: slow, obvious, and exact to about 1e-15. */
function erfBySeries(x: number): number {
  let term = x
  let sum = x
  for (let n = 1; n < 200; n++) {
    term *= (2 * x * x) / (2 * n + 1)
    sum += term
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum
}

test('erfc is 1 − erf where that does not cancel', () => {
  for (let x = -4; x < 1.5; x += 0.01) expect(Math.abs(erfc(x) / (1 - erfBySeries(x)) - 1)).toBeLessThan(1e-14)
})

test('erfc keeps its relative accuracy in the tail', () => {
  // mpmath.erfc to 16 digits.
  const known = {
    1.5: 0.03389485352468927,
    2: 4.677734981047266e-3,
    3: 2.209049699858544e-5,
    5: 1.537459794428035e-12,
    10: 2.088487583762545e-45,
  }
  for (const [x, value] of Object.entries(known)) expect(Math.abs(erfc(Number(x)) / value - 1)).toBeLessThan(1e-15)
  expect(erfc(30)).toBe(0)
  expect(erfc(-30)).toBe(2)
})
