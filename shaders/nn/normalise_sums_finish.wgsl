// Adds up the chunks of normalise_sums in a fixed order: dβ and dγ, for the optimizer and, in front of the sums, for the
// kernel that goes on to the gradient in the input.
#include "shared/column_chunks.wgsl"
#include "shared/column_lanes.wgsl"
#include "shared/index.wgsl"
#include "shared/quad.wgsl"

// [2 + 2·chunks, channels4].
@group(0) @binding(0) var<storage, read_write> sums: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> scale_gradient: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> shift_gradient: array<vec4f>;
@group(0) @binding(3) var<uniform> shape: ColumnChunks;

var<workgroup> lane_sums: array<vec4f, SLOTS * LANES>;

@compute @workgroup_size(SLOTS, LANES)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  // An item is one quad of one of the two sums.
  let item = item_of(linear_workgroup(workgroup, count), local.x);
  let inside = item < 2u * shape.channel_quads;
  let end = select(0u, shape.chunks, inside);
  var sum = vec4f();
  for (var chunk = local.y; chunk < end; chunk += LANES) {
    sum += sums[(2u + 2u * chunk) * shape.channel_quads + item];
  }
  if (LANES > 1u) {
    lane_sums[index] = sum;
    for (var stride = LANES / 2u; stride > 0u; stride >>= 1u) {
      workgroupBarrier();
      if (local.y < stride) {
        lane_sums[index] += lane_sums[index + stride * SLOTS];
      }
    }
    sum = lane_sums[index];
  }
  if (!inside || local.y > 0u) {
    return;
  }
  let quad = item % shape.channel_quads;
  // 0·NaN of a spoilt row may have reached the padding.
  let gradient = without_padding(sum, quad, shape.channels);
  sums[item] = gradient;
  if (item < shape.channel_quads) {
    shift_gradient[quad] = gradient;
  } else {
    scale_gradient[quad] = gradient;
  }
}
