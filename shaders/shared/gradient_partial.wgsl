// One workgroup's share of the squared norm of the gradient.
struct GradientPartial {
  squares: f32,
  // 1 where an element was NaN or infinite.
  nonfinite: u32,
}

fn add_gradient_partials(a: GradientPartial, b: GradientPartial) -> GradientPartial {
  return GradientPartial(a.squares + b.squares, a.nonfinite | b.nonfinite);
}
