// Division by a number that stays: an integer division takes a GPU about twenty instructions.
struct Divisor {
  value: u32,
  inverse: f32,
}

fn divisor(value: u32) -> Divisor {
  return Divisor(value, 1.0 / f32(value));
}

// n / value, rounded down, for quotients below 2²¹: the estimate is then at most one off.
fn quotient(n: u32, by: Divisor) -> u32 {
  let estimate = u32(f32(n) * by.inverse);
  let rest = i32(n - estimate * by.value);
  return estimate + u32(rest >= i32(by.value)) - u32(rest < 0);
}
