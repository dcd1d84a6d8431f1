// Mean and sum of squared deviations from it of `count` rows, four columns side by side.
struct Moments {
  count: f32,
  mean: vec4f,
  squares: vec4f,
}

// Of both together, by Chan's formula; either may be empty.
fn merge_moments(a: Moments, b: Moments) -> Moments {
  let count = a.count + b.count;
  let share = b.count / max(count, 1.0);
  let shift = b.mean - a.mean;
  return Moments(count, a.mean + shift * share, a.squares + b.squares + shift * shift * (share * a.count));
}
