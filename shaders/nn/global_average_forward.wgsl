// The mean of all positions of a sample, channel by channel: [rows · positions, channels4] → [rows, channels4].
#include "shared/column_lanes.wgsl"
#include "shared/index.wgsl"

struct Shape {
  rows: u32,
  positions: u32,
  channels: u32,
  channel_quads: u32,
}

@group(0) @binding(0) var<storage, read> input: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> output: array<vec4f>;
@group(0) @binding(2) var<uniform> shape: Shape;

var<workgroup> partial_sums: array<vec4f, SLOTS * LANES>;

@compute @workgroup_size(SLOTS, LANES)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let item = item_of(linear_workgroup(workgroup, count), local.x);
  let inside = item < shape.rows * shape.channel_quads;
  let first = item / shape.channel_quads * shape.positions * shape.channel_quads + item % shape.channel_quads;
  let end = select(0u, shape.positions, inside);
  var sum = vec4f();
  for (var position = local.y; position < end; position += LANES) {
    sum += input[first + position * shape.channel_quads];
  }
  if (LANES > 1u) {
    partial_sums[index] = sum;
    for (var stride = LANES / 2u; stride > 0u; stride >>= 1u) {
      workgroupBarrier();
      if (local.y < stride) {
        partial_sums[index] += partial_sums[index + stride * SLOTS];
      }
    }
    sum = partial_sums[index];
  }
  if (inside && local.y == 0u) {
    output[item] = sum / f32(shape.positions);
  }
}
