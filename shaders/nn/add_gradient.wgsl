// The share of the gradient in a tensor that was added to another: the gradient in the sum, as it is.
#include "shared/index.wgsl"
#include "shared/input_gradient.wgsl"

struct Shape {
  // Positions of all samples.
  rows: u32,
  channels: u32,
  channel_quads: u32,
}

// [rows, channels4] each.
@group(0) @binding(0) var<storage, read> output_gradient: array<vec4f>;
@group(0) @binding(1) var<storage, read> preactivation: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> input_gradient: array<vec4f>;
@group(0) @binding(3) var<storage, read> control: Control;
@group(0) @binding(4) var<uniform> shape: Shape;
@group(0) @binding(5) var<uniform> dropout: Dropout;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let at = linear_workgroup(workgroup, count) * 64u + thread;
  if (at < shape.rows * shape.channel_quads) {
    write_input_gradient(at, output_gradient[at]);
  }
}
