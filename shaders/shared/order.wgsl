const SIGN_BIT = 0x80000000u;

// f32 as u32 of the same order: comparing those is exact whatever a compiler assumes about NaN, which is the largest here.
// Both zeros and all denormals, which arithmetic may take as 0, are one value. Every key is above 0.
fn order_keys(x: vec4f) -> vec4u {
  let bits = bitcast<vec4u>(x);
  let magnitude = bits & vec4u(0x7fffffffu);
  let value = select(bits, vec4u(), magnitude < vec4u(0x00800000u));
  let key = select(value | vec4u(SIGN_BIT), ~value, value >= vec4u(SIGN_BIT));
  return select(key, vec4u(0xffffffffu), magnitude > vec4u(0x7f800000u));
}

// The bits of the numbers that have these keys.
fn bits_of_keys(keys: vec4u) -> vec4u {
  return select(~keys, keys ^ vec4u(SIGN_BIT), keys >= vec4u(SIGN_BIT));
}
