// NaN and both infinities have all exponent bits set. `x != x` is optimised away by every WGSL compiler we met, hence the
// bits; the largest exponent bits of many numbers say whether one of them is not finite, without a branch for each.
const NONFINITE = 0x7f800000u;

fn exponent_bits(x: vec4f) -> vec4u {
  return bitcast<vec4u>(x) & vec4u(NONFINITE);
}

fn any_nonfinite(largest: vec4u) -> bool {
  return any(largest == vec4u(NONFINITE));
}

fn is_nonfinite(x: f32) -> bool {
  return (bitcast<u32>(x) & NONFINITE) == NONFINITE;
}
