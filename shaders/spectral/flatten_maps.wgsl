// Makes one row of every sample, without the padding between its positions: [rows · positions, channels4] →
// [rows, (positions · channels)4]. Needed only where channels are no multiple of four; numbers are moved by their bits.
// One invocation per quad of the result.
#include "shared/index.wgsl"

struct Params {
  rows: u32,
  positions: u32,
  channels: u32,
}

@group(0) @binding(0) var<storage, read> source: array<u32>;
@group(0) @binding(1) var<storage, read_write> flattened: array<vec4u>;
@group(0) @binding(2) var<uniform> params: Params;

const WORKGROUP = 64u;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let features = params.positions * params.channels;
  let quads = (features + 3u) / 4u;
  let stride = (params.channels + 3u) / 4u * 4u;
  let item = linear_workgroup(workgroup, count) * WORKGROUP + index;
  if (item >= params.rows * quads) {
    return;
  }
  let row = item / quads;
  var result = vec4u();
  for (var column = 0u; column < 4u; column++) {
    let feature = item % quads * 4u + column;
    if (feature < features) {
      let position = row * params.positions + feature / params.channels;
      result[column] = source[position * stride + feature % params.channels];
    }
  }
  flattened[item] = result;
}
