// Mean squared error, as PyTorch's MSELoss: mean over rows and outputs of (x − y)², derivative 2(x − y).
#include "shared/pointwise_loss.wgsl"

// Half-way between the class numbers 0 and 1.
const DECISION = 0.5;

fn pointwise_loss(x: vec4f, y: vec4f) -> vec4f {
  return (x - y) * (x - y);
}

fn pointwise_slope(x: vec4f, y: vec4f) -> vec4f {
  return 2.0 * (x - y);
}

@compute @workgroup_size(LOSS_WORKGROUP)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  run_pointwise(workgroup.x, workgroups.x, local);
}
