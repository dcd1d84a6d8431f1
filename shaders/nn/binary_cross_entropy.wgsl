// Binary cross-entropy of logits, as PyTorch's BCEWithLogitsLoss: mean over rows and outputs of
//   max(x, 0) − x·y + ln(1 + exp(−|x|)),  derivative sigmoid(x) − y.
#include "shared/logarithm.wgsl"
#include "shared/pointwise_loss.wgsl"

const DECISION = 0.0;

fn pointwise_loss(x: vec4f, y: vec4f) -> vec4f {
  return max(x, vec4f()) - x * y + log_one_plus(exp(-abs(x)));
}

fn pointwise_slope(x: vec4f, y: vec4f) -> vec4f {
  let small = exp(-abs(x));
  let high = 1.0 / (1.0 + small);
  let low = small / (1.0 + small);
  let positive = x >= vec4f();
  // sigmoid(x)·(1 − y) − (1 − sigmoid(x))·y: sigmoid(x) − 1 would cancel for certain predictions.
  return select(low, high, positive) * (1.0 - y) - select(high, low, positive) * y;
}

@compute @workgroup_size(LOSS_WORKGROUP)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  run_pointwise(workgroup.x, workgroups.x, local);
}
