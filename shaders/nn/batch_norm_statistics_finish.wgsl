// Merges the chunks of batch_norm_statistics by Chan's formula, in a fixed order, into what normalises this batch and what
// the running statistics learn from it.
#include "shared/column_chunks.wgsl"
#include "shared/column_lanes.wgsl"
#include "shared/index.wgsl"
#include "shared/moments.wgsl"
#include "shared/normalisation.wgsl"
#include "shared/quad.wgsl"

@group(0) @binding(0) var<storage, read> chunk_moments: array<vec4f>;
// [2, channels4]: mean and 1/√(variance + ε), the variance over n.
@group(0) @binding(1) var<storage, read_write> statistics: array<vec4f>;
// [2, channels4]: mean and variance over n − 1.
@group(0) @binding(2) var<storage, read_write> batch: array<vec4f>;
@group(0) @binding(3) var<uniform> shape: ColumnChunks;

var<workgroup> lane_moments: array<Moments, SLOTS * LANES>;

fn moments_of_chunk(chunk: u32, quad: u32) -> Moments {
  let first = chunk * shape.chunk_rows;
  let at = (1u + 2u * chunk) * shape.channel_quads + quad;
  let rows = min(shape.chunk_rows, shape.rows - first);
  return Moments(f32(rows), chunk_moments[at], chunk_moments[at + shape.channel_quads]);
}

fn store(quad: u32, moments: Moments) {
  let quads = shape.channel_quads;
  let mean = chunk_moments[quad] + moments.mean;
  let inverse = inverseSqrt(moments.squares / moments.count + NORMALISATION_EPSILON);
  statistics[quad] = mean;
  statistics[quads + quad] = without_padding(inverse, quad, shape.channels);
  batch[quad] = mean;
  // One row has no variance to learn from.
  batch[quads + quad] = moments.squares / max(moments.count - 1.0, 1.0);
}

@compute @workgroup_size(SLOTS, LANES)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let quad = item_of(linear_workgroup(workgroup, count), local.x);
  let inside = quad < shape.channel_quads;
  let end = select(0u, shape.chunks, inside);
  var moments = Moments();
  for (var chunk = local.y; chunk < end; chunk += LANES) {
    moments = merge_moments(moments, moments_of_chunk(chunk, quad));
  }
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
  if (inside && local.y == 0u) {
    store(quad, moments);
  }
}
