// ln(1 + x) for x ≥ 0 with small relative error also where x is small: the built-in log() is only good to 2⁻²¹
// absolute near 1. Below 0.5 by 2·artanh(x / (2 + x)), whose argument is at most 0.2: six terms leave 1e-9.
fn log_one_plus(x: vec4f) -> vec4f {
  let z = x / (2.0 + x);
  let s = z * z;
  let series = 1.0 + s * (1.0 / 3.0 + s * (1.0 / 5.0 + s * (1.0 / 7.0 + s * (1.0 / 9.0 + s * (1.0 / 11.0)))));
  return select(log(1.0 + x), 2.0 * z * series, x < vec4f(0.5));
}
