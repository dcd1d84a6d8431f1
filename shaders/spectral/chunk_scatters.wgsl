// Scatter matrices Σ(a − m)(a − m)ᵀ of chunks of rows, each centred on the chunk's own mean m: a [rows, 4·quads] gives
// [chunks, 4·quads, quads] vec4s, of which the tiles on and below the diagonal are written.
// One workgroup per tile of 64 × 64 features (y, x) and chunk (z); each invocation holds 8 × 8 sums in registers.
// TILED = 1, for GPUs, brings 16 rows at a time into workgroup memory; TILED = 0, for adapters that compute on the CPU,
// where barriers are what costs most, reads each row where it lies.

#include "shared/covariance_pass.wgsl"
#include "shared/running_moments.wgsl"

@group(0) @binding(0) var<storage, read> source: array<vec4f>;
@group(0) @binding(1) var<storage, read> moments: array<vec4f>;
@group(0) @binding(2) var<storage, read> chunk_means: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> chunk_scatters: array<vec4f>;
@group(0) @binding(4) var<uniform> params: Params;

override TILED: u32 = 0u;

const EDGE = 8u;
const WORKERS = EDGE * EDGE;
const TILE_QUADS = 2u * EDGE;
const SLAB_ROWS = 16u;

var<workgroup> left_slab: array<vec4f, 1u + TILED * (SLAB_ROWS * TILE_QUADS - 1u)>;
var<workgroup> right_slab: array<vec4f, 1u + TILED * (SLAB_ROWS * TILE_QUADS - 1u)>;

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

@compute @workgroup_size(EDGE, EDGE)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  if (workgroup.x > workgroup.y) {
    return;
  }
  let chunk = workgroup.z;
  let start = params.first_row + chunk * params.chunk_rows;
  let end = min(start + params.chunk_rows, params.end_row);
  let left_start = workgroup.y * TILE_QUADS;
  let right_start = workgroup.x * TILE_QUADS;

  // In workgroup memory the quads of neighbouring invocations lie side by side, free of bank conflicts; read in place each
  // invocation takes two neighbours, so that those above the diagonal have nothing to do.
  let first_step = 2u - TILED;
  let second_step = 1u + TILED * (EDGE - 1u);
  let left_quad = local.y * first_step;
  let right_quad = local.x * first_step;
  let below_diagonal = workgroup.x < workgroup.y || local.x <= local.y;
  let inside = left_start + left_quad < params.quads && right_start + right_quad < params.quads;
  let working = inside && (TILED == 1u || below_diagonal);

  let left0 = column_at(left_start + left_quad, chunk);
  let left1 = column_at(left_start + left_quad + second_step, chunk);
  let right0 = column_at(right_start + right_quad, chunk);
  let right1 = column_at(right_start + right_quad + second_step, chunk);
  let left_load = column_at(left_start + index % TILE_QUADS, chunk);
  let right_load = column_at(right_start + index % TILE_QUADS, chunk);

  var sums00 = mat4x4f();
  var sums01 = mat4x4f();
  var sums10 = mat4x4f();
  var sums11 = mat4x4f();
  for (var slab = start; slab < end; slab += SLAB_ROWS) {
    let rows = min(SLAB_ROWS, end - slab);
    if (TILED == 1u) {
      workgroupBarrier();
      for (var row = index / TILE_QUADS; row < rows; row += WORKERS / TILE_QUADS) {
        left_slab[row * TILE_QUADS + index % TILE_QUADS] = centred(left_load, slab + row);
        right_slab[row * TILE_QUADS + index % TILE_QUADS] = centred(right_load, slab + row);
      }
      workgroupBarrier();
    }
    if (working) {
      for (var row = 0u; row < rows; row++) {
        var l0: vec4f;
        var l1: vec4f;
        var r0: vec4f;
        var r1: vec4f;
        if (TILED == 1u) {
          l0 = left_slab[row * TILE_QUADS + left_quad];
          l1 = left_slab[row * TILE_QUADS + left_quad + second_step];
          r0 = right_slab[row * TILE_QUADS + right_quad];
          r1 = right_slab[row * TILE_QUADS + right_quad + second_step];
        } else {
          l0 = centred(left0, slab + row);
          l1 = centred(left1, slab + row);
          r0 = centred(right0, slab + row);
          r1 = centred(right1, slab + row);
        }
        sums00 += outer(l0, r0);
        sums01 += outer(l0, r1);
        sums10 += outer(l1, r0);
        sums11 += outer(l1, r1);
      }
    }
  }
  if (working) {
    store(chunk, left_start + left_quad, right_start + right_quad, sums00);
    store(chunk, left_start + left_quad, right_start + right_quad + second_step, sums01);
    store(chunk, left_start + left_quad + second_step, right_start + right_quad, sums10);
    store(chunk, left_start + left_quad + second_step, right_start + right_quad + second_step, sums11);
  }
}
