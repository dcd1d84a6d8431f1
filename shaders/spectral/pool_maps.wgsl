// Pools every feature map to one number: [rows · positions, channels4] → [rows, channels4]. Maxima and medians are found
// among keys, u32 in the order of f32 (shared/order.wgsl), and the result is written by its bits, so that NaN stays NaN.
// A median's key is found bit by bit: counting the smaller ones 32 times takes any number of positions and no sorting.
#include "shared/column_lanes.wgsl"
#include "shared/index.wgsl"
#include "shared/order.wgsl"

struct Params {
  rows: u32,
  positions: u32,
  quads: u32,
}

@group(0) @binding(0) var<storage, read> source: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> pooled: array<vec4u>;
@group(0) @binding(2) var<uniform> params: Params;

override POOLING: u32;

const MEAN = 0u;
const MAX = 1u;
const MEDIAN = 2u;
// Numbers that are added up one after another.
const SUMMED = 32u;
const NAN_KEY = vec4u(0xffffffffu);

// Sums of f32, keys, or counts.
var<workgroup> partials: array<vec4u, SLOTS * LANES>;

fn unite(a: vec4u, b: vec4u) -> vec4u {
  if (POOLING == MEAN) {
    return bitcast<vec4u>(bitcast<vec4f>(a) + bitcast<vec4f>(b));
  }
  if (POOLING == MAX) {
    return max(a, b);
  }
  return a + b;
}

// What the lanes of this invocation's map have between them, known to all of them.
fn over_lanes(index: u32, value: vec4u) -> vec4u {
  if (LANES == 1u) {
    return value;
  }
  partials[index] = value;
  for (var stride = LANES / 2u; stride > 0u; stride >>= 1u) {
    workgroupBarrier();
    if (index / SLOTS < stride) {
      partials[index] = unite(partials[index], partials[index + stride * SLOTS]);
    }
  }
  workgroupBarrier();
  let total = partials[index % SLOTS];
  workgroupBarrier();
  return total;
}

// Four neighbouring maps of a sample: quads first, first + quads, … of the source, one per position; `end` 0 for none.
struct Maps {
  first: u32,
  end: u32,
}

// The first number is taken off on the way, so that rounding goes by how far a map's numbers lie apart, and sums are of
// sums of a few, so that it does not grow with their count.
fn mean_of(maps: Maps, index: u32) -> vec4u {
  let pivot = source[maps.first];
  var sum = vec4f();
  for (var block = index / SLOTS; block < maps.end; block += SUMMED * LANES) {
    let end = min(maps.end, block + SUMMED * LANES);
    var part = vec4f();
    for (var position = block; position < end; position += LANES) {
      part += source[maps.first + position * params.quads] - pivot;
    }
    sum += part;
  }
  let total = bitcast<vec4f>(over_lanes(index, bitcast<vec4u>(sum)));
  return bitcast<vec4u>(pivot + total / f32(params.positions));
}

fn largest_key(maps: Maps, index: u32) -> vec4u {
  var key = vec4u();
  for (var position = index / SLOTS; position < maps.end; position += LANES) {
    key = max(key, order_keys(source[maps.first + position * params.quads]));
  }
  return over_lanes(index, key);
}

fn count_below(maps: Maps, index: u32, bound: vec4u) -> vec4u {
  var count = vec4u();
  for (var position = index / SLOTS; position < maps.end; position += LANES) {
    count += vec4u(order_keys(source[maps.first + position * params.quads]) < bound);
  }
  return over_lanes(index, count);
}

// Of an even number of positions the lower of the two in the middle: the largest key that no more than `rank` are below.
fn median_key(maps: Maps, index: u32) -> vec4u {
  let rank = (params.positions - 1u) / 2u;
  var key = vec4u();
  for (var bit = SIGN_BIT; bit > 0u; bit >>= 1u) {
    let candidate = key | vec4u(bit);
    key = select(key, candidate, count_below(maps, index, candidate) <= vec4u(rank));
  }
  return select(NAN_KEY, key, count_below(maps, index, NAN_KEY) == vec4u(params.positions));
}

@compute @workgroup_size(SLOTS, LANES)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let item = item_of(linear_workgroup(workgroup, count), index % SLOTS);
  let inside = item < params.rows * params.quads;
  let first = item / params.quads * params.positions * params.quads + item % params.quads;
  let maps = Maps(select(0u, first, inside), select(0u, params.positions, inside));
  var result: vec4u;
  if (POOLING == MEAN) {
    result = mean_of(maps, index);
  } else if (POOLING == MAX) {
    result = bits_of_keys(largest_key(maps, index));
  } else {
    result = bits_of_keys(median_key(maps, index));
  }
  if (inside && index < SLOTS) {
    pooled[item] = result;
  }
}
