// Per channel and chunk of rows, the sums of dy and of dy·x̂ that make up the gradients in a normalisation's shift and
// scale; x̂ = (x − μ)/√(σ² + ε).
#include "shared/column_chunks.wgsl"
#include "shared/column_lanes.wgsl"
#include "shared/index.wgsl"

// 1: mean and 1/deviation of each row, [rows, 2] (layer norm); 0: of each channel, [2, channels4] (batch norm).
override PER_ROW: u32;

@group(0) @binding(0) var<storage, read> input: array<vec4f>;
@group(0) @binding(1) var<storage, read> output_gradient: array<vec4f>;
@group(0) @binding(2) var<storage, read> statistics: array<f32>;
// [2 + 2·chunks, channels4]: room for the totals, then both sums of each chunk.
@group(0) @binding(3) var<storage, read_write> sums: array<vec4f>;
@group(0) @binding(4) var<uniform> shape: ColumnChunks;

struct Sums {
  // Σ dy.
  shift: vec4f,
  // Σ dy·x̂.
  scale: vec4f,
}

var<workgroup> lane_sums: array<Sums, SLOTS * LANES>;

fn statistics_of_channels(at: u32) -> vec4f {
  return vec4f(statistics[at], statistics[at + 1u], statistics[at + 2u], statistics[at + 3u]);
}

fn sums_of_lane(first: u32, end: u32, quad: u32) -> Sums {
  var mean = vec4f();
  var inverse = vec4f();
  if (PER_ROW == 0u) {
    mean = statistics_of_channels(quad * 4u);
    inverse = statistics_of_channels((shape.channel_quads + quad) * 4u);
  }
  var result = Sums();
  for (var row = first; row < end; row += LANES) {
    if (PER_ROW == 1u) {
      mean = vec4f(statistics[2u * row]);
      inverse = vec4f(statistics[2u * row + 1u]);
    }
    let at = row * shape.channel_quads + quad;
    result.shift += output_gradient[at];
    result.scale += output_gradient[at] * ((input[at] - mean) * inverse);
  }
  return result;
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
  var mine = sums_of_lane(chunk * shape.chunk_rows + local.y, end, quad);
  if (LANES > 1u) {
    lane_sums[index] = mine;
    for (var stride = LANES / 2u; stride > 0u; stride >>= 1u) {
      workgroupBarrier();
      if (local.y < stride) {
        let other = lane_sums[index + stride * SLOTS];
        lane_sums[index] = Sums(lane_sums[index].shift + other.shift, lane_sums[index].scale + other.scale);
      }
    }
    mine = lane_sums[index];
  }
  if (inside && local.y == 0u) {
    let at = (2u + 2u * chunk) * shape.channel_quads + quad;
    sums[at] = mine.shift;
    sums[at + shape.channel_quads] = mine.scale;
  }
}
