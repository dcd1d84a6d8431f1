// A global average's share of the gradient in its input: an equal part at every position.
#include "shared/index.wgsl"
#include "shared/input_gradient.wgsl"

struct Shape {
  rows: u32,
  positions: u32,
  channels: u32,
  channel_quads: u32,
}

// [rows, channels4].
@group(0) @binding(0) var<storage, read> output_gradient: array<vec4f>;
// [rows · positions, channels4], as the gradient.
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
  let sample_quads = shape.positions * shape.channel_quads;
  if (at >= shape.rows * sample_quads) {
    return;
  }
  let gradient = output_gradient[at / sample_quads * shape.channel_quads + at % shape.channel_quads];
  write_input_gradient(at, gradient / f32(shape.positions));
}
