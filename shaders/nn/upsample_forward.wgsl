// Nearest-neighbour upsampling. One invocation per position and quad of the result.
#include "shared/index.wgsl"
#include "shared/upsample.wgsl"

@group(0) @binding(0) var<storage, read> input: array<vec4f>;
// [rows · height·factor · width·factor, channels4].
@group(0) @binding(1) var<storage, read_write> output: array<vec4f>;
@group(0) @binding(2) var<uniform> shape: UpsampleShape;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let at = linear_workgroup(workgroup, count) * 64u + thread;
  let output_width = shape.width * shape.factor;
  if (at >= shape.rows * shape.height * shape.factor * output_width * shape.channel_quads) {
    return;
  }
  let position = at / shape.channel_quads;
  let column = position % output_width / shape.factor;
  // Of all samples below each other: a sample's rows are a multiple of the factor.
  let row = position / output_width / shape.factor;
  output[at] = input[(row * shape.width + column) * shape.channel_quads + at % shape.channel_quads];
}
