// Mean and sum of squared deviations per channel of chunks of rows, the means relative to the tensor's first row: f32 then
// holds where a mean lies thousands of deviations from 0. Each lane takes its own rows twice, first for their mean, then
// for the squares around it; the lanes are merged by Chan's formula.
#include "shared/column_chunks.wgsl"
#include "shared/column_lanes.wgsl"
#include "shared/index.wgsl"
#include "shared/moments.wgsl"

@group(0) @binding(0) var<storage, read> input: array<vec4f>;
// [1 + 2·chunks, channels4]: the first row of the input, then mean and squares of each chunk.
@group(0) @binding(1) var<storage, read_write> chunk_moments: array<vec4f>;
@group(0) @binding(2) var<uniform> shape: ColumnChunks;

var<workgroup> lane_moments: array<Moments, SLOTS * LANES>;

fn moments_of_lane(first: u32, end: u32, quad: u32, pivot: vec4f) -> Moments {
  var count = 0.0;
  var sum = vec4f();
  for (var row = first; row < end; row += LANES) {
    sum += input[row * shape.channel_quads + quad] - pivot;
    count += 1.0;
  }
  let mean = sum / max(count, 1.0);
  var squares = vec4f();
  for (var row = first; row < end; row += LANES) {
    let deviation = (input[row * shape.channel_quads + quad] - pivot) - mean;
    squares += deviation * deviation;
  }
  return Moments(count, mean, squares);
}

@compute @workgroup_size(SLOTS, LANES)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let item = item_of(linear_workgroup(workgroup, count), local.x);
  let inside = item < shape.chunks * shape.channel_quads;
  let chunk = item / shape.channel_quads;
  let quad = item % shape.channel_quads;
  let end = select(0u, min((chunk + 1u) * shape.chunk_rows, shape.rows), inside);
  let pivot = input[quad];
  var moments = moments_of_lane(chunk * shape.chunk_rows + local.y, end, quad, pivot);
  if (LANES > 1u) {
    lane_moments[index] = moments;
    for (var stride = LANES / 2u; stride > 0u; stride >>= 1u) {
      workgroupBarrier();
      if (local.y < stride) {
        lane_moments[index] = merge_moments(lane_moments[index], lane_moments[index + stride * SLOTS]);
      }
    }
    moments = lane_moments[index];
  }
  if (!inside || local.y > 0u) {
    return;
  }
  if (chunk == 0u) {
    chunk_moments[quad] = pivot;
  }
  let at = (1u + 2u * chunk) * shape.channel_quads + quad;
  chunk_moments[at] = moments.mean;
  chunk_moments[at + shape.channel_quads] = moments.squares;
}
