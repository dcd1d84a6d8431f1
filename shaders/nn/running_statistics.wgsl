// Moves the running statistics of all batch normalisations a tenth of the way to those of the batch. Does nothing once a
// step was refused, and keeps what the batch would make infinite or NaN: evaluation has to go on with the last finite ones.
#include "shared/control.wgsl"
#include "shared/index.wgsl"
#include "shared/nonfinite.wgsl"

struct Shape {
  // vec4s of the flat buffers.
  words: u32,
}

@group(0) @binding(0) var<storage, read> batch: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> running: array<vec4f>;
@group(0) @binding(2) var<storage, read> control: Control;
@group(0) @binding(3) var<uniform> shape: Shape;

// PyTorch's.
const MOMENTUM = 0.1;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let word = linear_workgroup(workgroup, count) * 64u + thread;
  if (word >= shape.words || control.latch_step != 0u) {
    return;
  }
  let before = running[word];
  let updated = before + MOMENTUM * (batch[word] - before);
  let exponents = max(exponent_bits(batch[word]), exponent_bits(updated));
  running[word] = select(updated, before, exponents == vec4u(NONFINITE));
}
