// Scatter matrices Σ(a − m)(a − m)ᵀ of chunks of rows, each centred on the chunk's own mean m: a [rows, 4·quads] gives
// [chunks, 4·quads, quads] vec4s, of which the tiles on and below the diagonal are written.
// Each invocation holds 8 × 8 sums in registers. TILED = 1, for GPUs: one workgroup per tile of 64 × 64 features (y, x)
// and chunk (z), which brings 16 rows at a time into workgroup memory. TILED = 0, for adapters that compute on the CPU,
// where barriers cost most and idle lanes as much as busy ones: invocations take the blocks of all chunks one after
// another and read each row where it lies.

#include "shared/covariance_pass.wgsl"
#include "shared/index.wgsl"
#include "shared/running_moments.wgsl"

@group(0) @binding(0) var<storage, read> source: array<vec4f>;
@group(0) @binding(1) var<storage, read> moments: array<vec4f>;
@group(0) @binding(2) var<storage, read> chunk_means: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> chunk_scatters: array<vec4f>;
@group(0) @binding(4) var<uniform> params: Params;

override TILED: u32;
// Invocations of a workgroup; EDGE² where it shares a tile.
override THREADS: u32;

const EDGE = 8u;
const WORKERS = EDGE * EDGE;
const TILE_QUADS = 2u * EDGE;
const SLAB_ROWS = 16u;

var<workgroup> left_slab: array<vec4f, 1u + TILED * (SLAB_ROWS * TILE_QUADS - 1u)>;
var<workgroup> right_slab: array<vec4f, 1u + TILED * (SLAB_ROWS * TILE_QUADS - 1u)>;

// 8 × 8 sums: of two quads of features with two.
struct Block {
  sums00: mat4x4f,
  sums01: mat4x4f,
  sums10: mat4x4f,
  sums11: mat4x4f,
}

// Four neighbouring columns of the source and what is subtracted from them.
struct Column {
  quad: u32,
  pivot: vec4f,
  mean: vec4f,
}

// A column beyond the last is read as the last; what comes of it is never stored.
fn column_at(quad: u32, chunk: u32) -> Column {
  let inside = min(quad, params.quads - 1u);
  return Column(inside, moments[pivot_at(inside)], chunk_means[chunk * params.quads + inside]);
}

fn centred(column: Column, row: u32) -> vec4f {
  return (source[row * params.quads + column.quad] - column.pivot) - column.mean;
}

// Row k of the product is left[k]·right.
fn outer(left: vec4f, right: vec4f) -> mat4x4f {
  return mat4x4f(left.x * right, left.y * right, left.z * right, left.w * right);
}

fn add_row(block: ptr<function, Block>, left0: vec4f, left1: vec4f, right0: vec4f, right1: vec4f) {
  (*block).sums00 += outer(left0, right0);
  (*block).sums01 += outer(left0, right1);
  (*block).sums10 += outer(left1, right0);
  (*block).sums11 += outer(left1, right1);
}

fn store(chunk: u32, left_quad: u32, right_quad: u32, sums: mat4x4f) {
  if (left_quad >= params.quads || right_quad >= params.quads) {
    return;
  }
  let first = (chunk * 4u * params.quads + 4u * left_quad) * params.quads + right_quad;
  chunk_scatters[first] = sums[0];
  chunk_scatters[first + params.quads] = sums[1];
  chunk_scatters[first + 2u * params.quads] = sums[2];
  chunk_scatters[first + 3u * params.quads] = sums[3];
}

// `step`: from the first quad of a pair to the second.
fn store_block(chunk: u32, left_quad: u32, right_quad: u32, step: u32, block: Block) {
  store(chunk, left_quad, right_quad, block.sums00);
  store(chunk, left_quad, right_quad + step, block.sums01);
  store(chunk, left_quad + step, right_quad, block.sums10);
  store(chunk, left_quad + step, right_quad + step, block.sums11);
}

// In workgroup memory the quads of neighbouring invocations lie side by side, free of bank conflicts: an invocation's
// second quad is EDGE after its first.
fn scatter_tile(workgroup: vec3u, index: u32) {
  if (workgroup.x > workgroup.y) {
    return;
  }
  let chunk = workgroup.z;
  let start = params.first_row + chunk * params.chunk_rows;
  let end = min(start + params.chunk_rows, params.end_row);
  let left_start = workgroup.y * TILE_QUADS;
  let right_start = workgroup.x * TILE_QUADS;
  let left_quad = index / EDGE;
  let right_quad = index % EDGE;
  let inside = left_start + left_quad < params.quads && right_start + right_quad < params.quads;
  let left_load = column_at(left_start + index % TILE_QUADS, chunk);
  let right_load = column_at(right_start + index % TILE_QUADS, chunk);
  var block = Block();
  for (var slab = start; slab < end; slab += SLAB_ROWS) {
    let rows = min(SLAB_ROWS, end - slab);
    workgroupBarrier();
    for (var row = index / TILE_QUADS; row < rows; row += WORKERS / TILE_QUADS) {
      left_slab[row * TILE_QUADS + index % TILE_QUADS] = centred(left_load, slab + row);
      right_slab[row * TILE_QUADS + index % TILE_QUADS] = centred(right_load, slab + row);
    }
    workgroupBarrier();
    if (inside) {
      for (var row = 0u; row < rows; row++) {
        let left = row * TILE_QUADS + left_quad;
        let right = row * TILE_QUADS + right_quad;
        add_row(&block, left_slab[left], left_slab[left + EDGE], right_slab[right], right_slab[right + EDGE]);
      }
    }
  }
  if (inside) {
    store_block(chunk, left_start + left_quad, right_start + right_quad, EDGE, block);
  }
}

// Row and column of block `number` of a lower triangle, counted row by row.
fn triangle_place(number: u32) -> vec2u {
  var row = u32((sqrt(f32(8u * number + 1u)) - 1.0) * 0.5);
  // The root may be rounded to either side.
  row -= u32(row * (row + 1u) / 2u > number);
  row += u32((row + 1u) * (row + 2u) / 2u <= number);
  return vec2u(row, number - row * (row + 1u) / 2u);
}

fn scatter_block(item: u32) {
  let edge = (params.quads + 1u) / 2u;
  let blocks = edge * (edge + 1u) / 2u;
  let chunk = item / blocks;
  let start = params.first_row + chunk * params.chunk_rows;
  if (start >= params.end_row) {
    return;
  }
  let end = min(start + params.chunk_rows, params.end_row);
  let place = triangle_place(item - chunk * blocks) * 2u;
  let left0 = column_at(place.x, chunk);
  let left1 = column_at(place.x + 1u, chunk);
  let right0 = column_at(place.y, chunk);
  let right1 = column_at(place.y + 1u, chunk);
  var block = Block();
  for (var row = start; row < end; row++) {
    add_row(&block, centred(left0, row), centred(left1, row), centred(right0, row), centred(right1, row));
  }
  store_block(chunk, place.x, place.y, 1u, block);
}

@compute @workgroup_size(THREADS)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  if (TILED == 1u) {
    scatter_tile(workgroup, index);
  } else {
    scatter_block(linear_workgroup(workgroup, workgroups) * THREADS + index);
  }
}
