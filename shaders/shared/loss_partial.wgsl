// One workgroup's share of the loss of a batch, summed over its rows.
struct LossPartial {
  loss: f32,
  // Rows whose class was predicted correctly.
  correct: u32,
  // 1 where an output of the network was NaN or infinite.
  nonfinite: u32,
  pad: u32,
}

fn add_loss_partials(a: LossPartial, b: LossPartial) -> LossPartial {
  return LossPartial(a.loss + b.loss, a.correct + b.correct, a.nonfinite | b.nonfinite, 0u);
}
