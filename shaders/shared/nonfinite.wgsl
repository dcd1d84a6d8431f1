// True for NaN and both infinities. `x != x` is optimised away by every WGSL compiler we met, hence the bits.
fn is_nonfinite(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7f800000u) == 0x7f800000u;
}
