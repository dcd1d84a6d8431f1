// Activation functions and their derivatives, both from the preactivation z; twin: app/nn/reference/activation.ts.
// WGSL allows exp an error of 3 + 2|x| ulp and tanh more, and min and max may swallow NaN: hence the own forms here,
// good to about 3e-7 relative in the tails too, saturating without overflow, and NaN for NaN.
override ACTIVATION: u32 = 0u;

// Numbers as in app/nn/kernels/activationCodes.ts.
const RELU = 1u;
const LEAKY_RELU = 2u;
const TANH = 3u;
const SIGMOID = 4u;
const GELU = 5u;
const SILU = 6u;

const LEAKY_SLOPE = 0.01;

fn activate(z: vec4f) -> vec4f {
  switch (ACTIVATION) {
    case RELU: {
      return rectify(z);
    }
    case LEAKY_RELU: {
      return z * select(vec4f(1.0), vec4f(LEAKY_SLOPE), z < vec4f());
    }
    case TANH: {
      return keep_nan(hyperbolic_tangent(z), z);
    }
    case SIGMOID: {
      return keep_nan(logistic(z), z);
    }
    case GELU: {
      return keep_nan(z * normal_distribution(z), z);
    }
    case SILU: {
      return keep_nan(z * logistic(z), z);
    }
    default: {
      return z;
    }
  }
}

fn activation_slope(z: vec4f) -> vec4f {
  switch (ACTIVATION) {
    case RELU: {
      return select(vec4f(), vec4f(1.0), z > vec4f());
    }
    case LEAKY_RELU: {
      return select(vec4f(LEAKY_SLOPE), vec4f(1.0), z > vec4f());
    }
    case TANH: {
      let decay = exponential(-2.0 * abs(z));
      return keep_nan(4.0 * decay / ((1.0 + decay) * (1.0 + decay)), z);
    }
    case SIGMOID: {
      return keep_nan(logistic(z) * logistic(-z), z);
    }
    case GELU: {
      return keep_nan(normal_distribution(z) + z * normal_density(z), z);
    }
    case SILU: {
      return keep_nan(logistic(z) * (1.0 + z * logistic(-z)), z);
    }
    default: {
      return vec4f(1.0);
    }
  }
}

// NaN where z is NaN, else value. By bits: comparisons of NaN are optimised away.
fn keep_nan(value: vec4f, z: vec4f) -> vec4f {
  return select(value, z, (bitcast<vec4u>(z) & vec4u(0x7fffffffu)) > vec4u(0x7f800000u));
}

// max(z, 0) that keeps NaN: zero exactly for the bit patterns from −0 to −∞.
fn rectify(z: vec4f) -> vec4f {
  let bits = bitcast<vec4u>(z);
  return bitcast<vec4f>(select(bits, vec4u(), bits - vec4u(0x80000000u) <= vec4u(0x7f800000u)));
}

// eˣ to about 2 ulp; 0 below −87, where f32 becomes denormal; e⁸⁸ above 88.
// x = n·ln 2 + r with ln 2 in two parts, the first short enough for n times it to be exact; coefficients from Cephes
// (expf.c, Moshier 1992).
fn exponential(x: vec4f) -> vec4f {
  let bounded = clamp(x, vec4f(-87.0), vec4f(88.0));
  let n = round(bounded * 1.44269504);
  let r = (bounded - n * 0.693359375) + n * 2.12194440e-4;
  var tail = r * 1.9875691500e-4 + 1.3981999507e-3;
  tail = tail * r + 8.3334519073e-3;
  tail = tail * r + 4.1665795894e-2;
  tail = tail * r + 1.6666665459e-1;
  tail = tail * r + 5.0000001201e-1;
  let power = bitcast<vec4f>((vec4i(n) + vec4i(127)) << vec4u(23u));
  return select((tail * r * r + r + 1.0) * power, vec4f(), x < vec4f(-87.0));
}

// 1 / (1 + e⁻ᶻ), to full relative accuracy where it is nearly 0.
fn logistic(z: vec4f) -> vec4f {
  let decay = exponential(-abs(z));
  return select(vec4f(1.0), decay, z < vec4f()) / (1.0 + decay);
}

// Cephes' tanhf: a polynomial where 1 − e⁻²ᶻ would cancel.
fn hyperbolic_tangent(z: vec4f) -> vec4f {
  let size = abs(z);
  let decay = exponential(-2.0 * size);
  let square = z * z;
  var odd = square * -5.70498872745e-3 + 2.06390887954e-2;
  odd = odd * square - 5.37397155531e-2;
  odd = odd * square + 1.33314422036e-1;
  odd = odd * square - 3.33332819422e-1;
  return select(sign(z) * (1.0 - decay) / (1.0 + decay), odd * square * z + z, size < vec4f(0.625));
}

// exp(−z²/2): z² in two parts, the first of them exact, since rounding z² at |z| = 10 already costs 3e-6.
fn bell(z: vec4f) -> vec4f {
  let head = bitcast<vec4f>(bitcast<vec4u>(z) & vec4u(0xfffff000u));
  return exponential(-0.5 * head * head) * exponential(-0.5 * (z - head) * (z + head));
}

// φ(z), the density of the standard normal distribution.
fn normal_density(z: vec4f) -> vec4f {
  return 0.398942280 * bell(z);
}

// Φ(z), the share of a standard normal distribution below z: ½·(1 + erf(z/√2)) without cancellation. Φ(−|z|) is
// exp(−z²/2) times a polynomial in t = 1/(1 + |z|/4), fitted to a relative error of 3.4e-8 over all z.
fn normal_distribution(z: vec4f) -> vec4f {
  let t = 1.0 / (1.0 + 0.25 * abs(z));
  var sum = t * 0.0198120046 - 0.0810099393;
  sum = sum * t + 0.0958422199;
  sum = sum * t - 0.0319632702;
  sum = sum * t + 0.0638441741;
  sum = sum * t + 0.0589239337;
  sum = sum * t + 0.0816136077;
  sum = sum * t + 0.0934652016;
  sum = sum * t + 0.0997364894;
  sum = sum * t + 0.0997355655;
  let tail = bell(z) * t * sum;
  return select(1.0 - tail, tail, z < vec4f());
}
