// The range of every feature of an activation matrix [rows, 4·quads], where a unit whose range is one value is dead, and
// the sum of all its values. Ranges are of keys, u32 in the order of f32, of which only maxima are kept: those meet in
// storage atomically, and in any order come to the same. Sums are kept by workgroup, to be added up in fixed order.
// One workgroup per 8 quads (x) and chunk of rows (y); 8 invocations share a quad's rows.

#include "shared/nonfinite.wgsl"

struct Params {
  rows: u32,
  quads: u32,
  chunk_rows: u32,
}

@group(0) @binding(0) var<storage, read> source: array<vec4u>;
// [2, 4·quads]: the largest key, and the largest complement of a key; 0 before the first row.
@group(0) @binding(1) var<storage, read_write> ranges: array<atomic<u32>>;
// By workgroup, added to.
@group(0) @binding(2) var<storage, read_write> sums: array<f32>;
@group(0) @binding(3) var<uniform> params: Params;

const QUADS = 8u;
const LANES = 8u;
const SIGN = vec4u(0x80000000u);
const EVERYTHING = vec4u(0xffffffffu);

struct Range {
  highest: vec4u,
  lowest_complement: vec4u,
}

var<workgroup> partial_ranges: array<Range, QUADS * LANES>;
var<workgroup> partial_sums: array<vec4f, QUADS * LANES>;

fn unite(a: Range, b: Range) -> Range {
  return Range(max(a.highest, b.highest), max(a.lowest_complement, b.lowest_complement));
}

// Both zeros and all denormals, which arithmetic may take as 0, are one value. NaN and infinity make the range
// everything: what is not finite is not constant.
fn range_of(bits: vec4u) -> Range {
  let exponents = bits & vec4u(NONFINITE);
  let value = select(bits, vec4u(), exponents == vec4u());
  let key = select(value | SIGN, ~value, value >= SIGN);
  let nonfinite = exponents == vec4u(NONFINITE);
  return Range(select(key, EVERYTHING, nonfinite), select(~key, EVERYTHING, nonfinite));
}

@compute @workgroup_size(QUADS, LANES)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let quad = workgroup.x * QUADS + local.x;
  let end = min((workgroup.y + 1u) * params.chunk_rows, params.rows);
  var range = Range();
  var sum = vec4f();
  if (quad < params.quads) {
    for (var row = workgroup.y * params.chunk_rows + local.y; row < end; row += LANES) {
      let bits = source[row * params.quads + quad];
      range = unite(range, range_of(bits));
      sum += bitcast<vec4f>(bits);
    }
  }
  partial_ranges[index] = range;
  partial_sums[index] = sum;
  workgroupBarrier();
  if (index == 0u) {
    for (var other = 1u; other < QUADS * LANES; other++) {
      sum += partial_sums[other];
    }
    sums[workgroup.y * workgroups.x + workgroup.x] += (sum.x + sum.y) + (sum.z + sum.w);
  }
  if (local.y > 0u || quad >= params.quads) {
    return;
  }
  for (var lane = 1u; lane < LANES; lane++) {
    range = unite(range, partial_ranges[lane * QUADS + local.x]);
  }
  for (var column = 0u; column < 4u; column++) {
    atomicMax(&ranges[4u * quad + column], range.highest[column]);
    atomicMax(&ranges[4u * (params.quads + quad) + column], range.lowest_complement[column]);
  }
}
