import { expect, test } from 'vitest'
import { chooseSolver, type Solver } from './chooseSolver'

const limits = (maxComputeWorkgroupStorageSize: number) => ({ maxComputeWorkgroupStorageSize }) as GPUSupportedLimits
const plainGpu = { limits: limits(16_384), software: false }
const largeGpu = { limits: limits(32_768), software: false }
const softwareGpu = { limits: limits(32_768), software: true }

test('auto takes Jacobi on a GPU as far as its workgroup memory reaches, and float64 beyond', () => {
  expect(chooseSolver(plainGpu, 'auto', 88, 'it')).toBe('jacobi')
  expect(chooseSolver(plainGpu, 'auto', 89, 'it')).toBe('reference')
  expect(chooseSolver(largeGpu, 'auto', 126, 'it')).toBe('jacobi')
  expect(chooseSolver(largeGpu, 'auto', 127, 'it')).toBe('reference')
})

test('auto takes float64 where the adapter computes on the CPU, and where there is none', () => {
  expect(chooseSolver(softwareGpu, 'auto', 8, 'it')).toBe('reference')
  expect(chooseSolver(undefined, 'auto', 8, 'it')).toBe('reference')
})

test('a solver asked for by name is taken, or refused with the reason and the way out', () => {
  expect(chooseSolver(softwareGpu, 'jacobi', 8, 'it')).toBe('jacobi')
  expect(chooseSolver(largeGpu, 'reference', 8, 'it')).toBe('reference')
  expect(() => chooseSolver(undefined, 'jacobi', 8, 'it')).toThrow(/runs on the GPU .* Choose “auto” or “reference”/)
  expect(() => chooseSolver(plainGpu, 'jacobi', 100, 'matrices[3]')).toThrow(/matrices\[3\] has order 100.* up to 88/)
  for (const later of ['block-jacobi', 'tridiagonal', 'tracking'] satisfies Solver[]) {
    expect(() => chooseSolver(largeGpu, later, 8, 'it')).toThrow(`“${later}” is not part of this version`)
  }
})
