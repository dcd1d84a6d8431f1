// A batch as it is gathered, padded at the end of each sample only, becomes a tensor whose positions are padded each:
// [rows, (positions · channels)4] → [rows · positions, channels4].
#include "shared/index.wgsl"
#include "shared/quad.wgsl"

struct Shape {
  rows: u32,
  positions: u32,
  channels: u32,
  channel_quads: u32,
  // Numbers from one packed sample to the next.
  sample_stride: u32,
}

@group(0) @binding(0) var<storage, read> packed: array<f32>;
@group(0) @binding(1) var<storage, read_write> output: array<vec4f>;
@group(0) @binding(2) var<uniform> shape: Shape;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let at = linear_workgroup(workgroup, count) * 64u + thread;
  if (at >= shape.rows * shape.positions * shape.channel_quads) {
    return;
  }
  let quad = at % shape.channel_quads;
  let position = at / shape.channel_quads;
  let sample = position / shape.positions;
  let first = sample * shape.sample_stride + position % shape.positions * shape.channels + quad * 4u;
  let values = vec4f(packed[first], packed[first + 1u], packed[first + 2u], packed[first + 3u]);
  output[at] = without_padding(values, quad, shape.channels);
}
