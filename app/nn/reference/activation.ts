import type { Activation } from '../../experiment/spec'
import { erfc } from './erfc'

/** An activation function f and its derivative, both as functions of the preactivation z. NaN stays NaN. */
export interface ActivationFunction {
  value(this: void, z: number): number
  derivative(this: void, z: number): number
}

/** Slope of `leakyRelu` below zero, PyTorch's default. */
const LEAKY_SLOPE = 0.01

/** Float64 twins of shaders/shared/activation.wgsl. At the kink of relu and leakyRelu the slope is that below zero. */
export const activationFunctions: Readonly<Record<Activation, ActivationFunction>> = {
  linear: { value: (z) => z, derivative: () => 1 },
  relu: {
    value: (z) => (z <= 0 ? 0 : z),
    derivative: (z) => (z <= 0 ? 0 : 1),
  },
  leakyRelu: {
    value: (z) => (z <= 0 ? LEAKY_SLOPE * z : z),
    derivative: (z) => (z <= 0 ? LEAKY_SLOPE : 1),
  },
  tanh: {
    value: Math.tanh,
    derivative: (z) => {
      // 1 − tanh² would cancel in the tails.
      const decay = Math.exp(-2 * Math.abs(z))
      return (4 * decay) / (1 + decay) ** 2
    },
  },
  sigmoid: {
    value: sigmoid,
    derivative: (z) => sigmoid(z) * sigmoid(-z),
  },
  gelu: {
    value: (z) => z * normalDistribution(z),
    derivative: (z) => normalDistribution(z) + z * normalDensity(z),
  },
  silu: {
    value: (z) => z * sigmoid(z),
    derivative: (z) => sigmoid(z) * (1 + z * sigmoid(-z)),
  },
}

/** 1 / (1 + e^−z) without overflow, with full relative accuracy in both tails. */
function sigmoid(z: number): number {
  const decay = Math.exp(-Math.abs(z))
  return (z < 0 ? decay : 1) / (1 + decay)
}

/** Φ(z), the share of a standard normal distribution below z. */
function normalDistribution(z: number): number {
  return 0.5 * erfc(-z * Math.SQRT1_2)
}

/** φ(z), the density of the standard normal distribution. */
function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI)
}
