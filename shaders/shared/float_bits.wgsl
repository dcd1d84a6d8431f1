// Numbers by their bits, so that scaling is exact over the whole range: arithmetic may take denormals as 0.

const ZERO_EXPONENT = -1000;
const NON_FINITE_EXPONENT = 128;
// 2^−127 is a denormal, so a factor of it would be 0.
const LARGEST_SCALING = 126;

// e with 2^e ≤ |x| < 2^(e + 1).
fn exponent_of(bits: u32) -> i32 {
  let magnitude = bits & 0x7fffffffu;
  if (magnitude == 0u) {
    return ZERO_EXPONENT;
  }
  let field = i32(magnitude >> 23u);
  if (field == 255) {
    return NON_FINITE_EXPONENT;
  }
  if (field == 0) {
    return i32(firstLeadingBit(magnitude)) - 149;
  }
  return field - 127;
}

// 0 where the power would be a denormal.
fn power_of_two(exponent: i32) -> f32 {
  if (exponent < -126) {
    return 0.0;
  }
  return bitcast<f32>(u32(exponent + 127) << 23u);
}

// x·2^−exponent for an exponent between that of x and LARGEST_SCALING.
fn scaled_down(bits: u32, exponent: i32) -> f32 {
  if ((bits & 0x7f800000u) != 0u) {
    return bitcast<f32>(bits) * power_of_two(-exponent);
  }
  let magnitude = f32(bits & 0x7fffffu) * power_of_two(-149 - exponent);
  return select(magnitude, -magnitude, bits >= 0x80000000u);
}
