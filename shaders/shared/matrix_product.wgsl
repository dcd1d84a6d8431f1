// The core of every dense kernel: P[m, n] = Σ_k L[k, m] · R[k, n], summed in the order of k, a block of 4×4 sums at a
// time. A quad is four neighbouring numbers of a row, one vec4f. The including kernel says what is multiplied:
//   const LEFT_ALONG_INNER, RIGHT_ALONG_INNER   true where the operand lies in memory along k
//   read_left(k, quad), read_right(k, quad)     column j of the result holds operand[k + j, 4·quad …];
//                                               quads past the operand may return anything: WebGPU keeps
//                                               every read inside the buffer, so none is clamped here
//   write_sums(row, quad, split, sums)          called once for every row < rows and quad < quads
#include "shared/index.wgsl"

// TILE 8 or 16: each invocation keeps TILE×TILE sums, without barriers: for adapters that compute on the CPU.
// TILE 32 or 64: a workgroup shares tiles of TILE×TILE/2, 4×4 sums per invocation: for GPUs.
override TILE: u32;
// Invocations of a workgroup; TILE²/16 where it shares tiles.
override THREADS: u32;
// Quads in the shared tile of one operand: TILE²/8; 1 where nothing is shared.
override TILE_LENGTH: u32;

struct Product {
  rows: u32,
  quads: u32,
  // Terms of one sum, a multiple of 4, and how many of them go to each split.
  inner: u32,
  inner_per_split: u32,
}

var<workgroup> left_tile: array<vec4f, TILE_LENGTH>;
var<workgroup> right_tile: array<vec4f, TILE_LENGTH>;

// `workgroups` is how many there are: where nothing is shared their blocks are counted over x and y.
fn multiply(product: Product, workgroup: vec3u, workgroups: vec3u, thread: u32) {
  let block = linear_workgroup(workgroup, workgroups) * THREADS + thread;
  if (TILE >= 32u) {
    multiply_in_tiles(product, workgroup, thread);
  } else if (TILE == 16u) {
    multiply_blocks_of_16(product, workgroup.z, block);
  } else {
    multiply_blocks_of_8(product, workgroup.z, block);
  }
}

// sums[i] += Σ_j left[j][i] · right[j]
fn add_product(sums: mat4x4f, left: mat4x4f, right: mat4x4f) -> mat4x4f {
  return mat4x4f(
    sums[0] + left[0].x * right[0] + left[1].x * right[1] + left[2].x * right[2] + left[3].x * right[3],
    sums[1] + left[0].y * right[0] + left[1].y * right[1] + left[2].y * right[2] + left[3].y * right[3],
    sums[2] + left[0].z * right[0] + left[1].z * right[1] + left[2].z * right[2] + left[3].z * right[3],
    sums[3] + left[0].w * right[0] + left[1].w * right[1] + left[2].w * right[2] + left[3].w * right[3],
  );
}

// Loops rather than copies of the call: what becomes of the sums is long code, and software adapters compile slowly.
fn write_block(product: Product, row_quad: u32, quad: u32, split: u32, sums: mat4x4f) {
  if (quad >= product.quads) {
    return;
  }
  var rows = array(sums[0], sums[1], sums[2], sums[3]);
  for (var i = 0u; i < 4u; i++) {
    let row = row_quad * 4u + i;
    if (row < product.rows) {
      write_sums(row, quad, split, rows[i]);
    }
  }
}

// Invocations take blocks in reading order, so that none idles beside a narrow matrix.
fn multiply_blocks_of_8(product: Product, split: u32, block: u32) {
  let blocks_per_row = (product.quads + 1u) / 2u;
  let row_quad = block / blocks_per_row * 2u;
  let quad = block % blocks_per_row * 2u;
  if (row_quad * 4u >= product.rows) {
    return;
  }
  let first = split * product.inner_per_split;
  let end = min(first + product.inner_per_split, product.inner);
  var sums00 = mat4x4f();
  var sums01 = mat4x4f();
  var sums10 = mat4x4f();
  var sums11 = mat4x4f();
  for (var k = first; k < end; k += 4u) {
    let left0 = read_left(k, row_quad);
    let left1 = read_left(k, row_quad + 1u);
    let right0 = read_right(k, quad);
    let right1 = read_right(k, quad + 1u);
    sums00 = add_product(sums00, left0, right0);
    sums01 = add_product(sums01, left0, right1);
    sums10 = add_product(sums10, left1, right0);
    sums11 = add_product(sums11, left1, right1);
  }
  var blocks = array(sums00, sums01, sums10, sums11);
  for (var i = 0u; i < 4u; i++) {
    write_block(product, row_quad + i / 2u, quad + i % 2u, split, blocks[i]);
  }
}

// What is read takes a CPU longer than what is computed, and large blocks read less; they compile three times as long.
fn multiply_blocks_of_16(product: Product, split: u32, block: u32) {
  let blocks_per_row = (product.quads + 3u) / 4u;
  let row_quad = block / blocks_per_row * 4u;
  let quad = block % blocks_per_row * 4u;
  if (row_quad * 4u >= product.rows) {
    return;
  }
  let first = split * product.inner_per_split;
  let end = min(first + product.inner_per_split, product.inner);
  var sums00 = mat4x4f();
  var sums01 = mat4x4f();
  var sums02 = mat4x4f();
  var sums03 = mat4x4f();
  var sums10 = mat4x4f();
  var sums11 = mat4x4f();
  var sums12 = mat4x4f();
  var sums13 = mat4x4f();
  var sums20 = mat4x4f();
  var sums21 = mat4x4f();
  var sums22 = mat4x4f();
  var sums23 = mat4x4f();
  var sums30 = mat4x4f();
  var sums31 = mat4x4f();
  var sums32 = mat4x4f();
  var sums33 = mat4x4f();
  for (var k = first; k < end; k += 4u) {
    let left0 = read_left(k, row_quad);
    let left1 = read_left(k, row_quad + 1u);
    let left2 = read_left(k, row_quad + 2u);
    let left3 = read_left(k, row_quad + 3u);
    let right0 = read_right(k, quad);
    let right1 = read_right(k, quad + 1u);
    let right2 = read_right(k, quad + 2u);
    let right3 = read_right(k, quad + 3u);
    sums00 = add_product(sums00, left0, right0);
    sums01 = add_product(sums01, left0, right1);
    sums02 = add_product(sums02, left0, right2);
    sums03 = add_product(sums03, left0, right3);
    sums10 = add_product(sums10, left1, right0);
    sums11 = add_product(sums11, left1, right1);
    sums12 = add_product(sums12, left1, right2);
    sums13 = add_product(sums13, left1, right3);
    sums20 = add_product(sums20, left2, right0);
    sums21 = add_product(sums21, left2, right1);
    sums22 = add_product(sums22, left2, right2);
    sums23 = add_product(sums23, left2, right3);
    sums30 = add_product(sums30, left3, right0);
    sums31 = add_product(sums31, left3, right1);
    sums32 = add_product(sums32, left3, right2);
    sums33 = add_product(sums33, left3, right3);
  }
  var blocks = array(
    sums00, sums01, sums02, sums03,
    sums10, sums11, sums12, sums13,
    sums20, sums21, sums22, sums23,
    sums30, sums31, sums32, sums33,
  );
  for (var i = 0u; i < 16u; i++) {
    write_block(product, row_quad + i / 4u, quad + i % 4u, split, blocks[i]);
  }
}

// Each step stages TILE/2 terms: TILE²/16 blocks of 4×4 in both operands, one per invocation, fetched while the step
// before is computed.
fn multiply_in_tiles(product: Product, workgroup: vec3u, thread: u32) {
  let edge = TILE / 4u;
  let row_origin = workgroup.y * edge;
  let origin = workgroup.x * edge;
  let first = workgroup.z * product.inner_per_split;
  let end = min(first + product.inner_per_split, product.inner);
  let place = staging_place(thread);
  var staged = fetch_block(place, first, end, row_origin, origin);
  var sums = mat4x4f();
  for (var k = first; k < end; k += TILE / 2u) {
    workgroupBarrier();
    stage_block(place, staged);
    workgroupBarrier();
    staged = fetch_block(place, k + TILE / 2u, end, row_origin, origin);
    for (var inner_quad = 0u; inner_quad < TILE / 8u; inner_quad++) {
      let left = left_block(inner_quad, thread / edge);
      let right = right_block(inner_quad, thread % edge);
      sums = add_product(sums, left, right);
    }
  }
  write_block(product, row_origin + thread / edge, origin + thread % edge, workgroup.z, sums);
}

// Which block of a step an invocation stages; the lower half of the workgroup stages the left operand.
struct StagingPlace {
  left: bool,
  inner_quad: u32,
  quad: u32,
}

// Neighbouring invocations read neighbouring memory.
fn staging_place(thread: u32) -> StagingPlace {
  let left = thread < THREADS / 2u;
  let slot = thread % (THREADS / 2u);
  if (select(RIGHT_ALONG_INNER, LEFT_ALONG_INNER, left)) {
    return StagingPlace(left, slot % (TILE / 8u), slot / (TILE / 8u));
  }
  return StagingPlace(left, slot / (TILE / 4u), slot % (TILE / 4u));
}

fn fetch_block(place: StagingPlace, step: u32, end: u32, row_origin: u32, origin: u32) -> mat4x4f {
  let k = step + place.inner_quad * 4u;
  if (k >= end) {
    return mat4x4f();
  }
  if (place.left) {
    return read_left(k, row_origin + place.quad);
  }
  return read_right(k, origin + place.quad);
}

fn stage_block(place: StagingPlace, block: mat4x4f) {
  let edge = TILE / 4u;
  let at = tile_index(place.inner_quad, place.quad);
  if (place.left) {
    left_tile[at] = block[0];
    left_tile[at + edge] = block[1];
    left_tile[at + 2u * edge] = block[2];
    left_tile[at + 3u * edge] = block[3];
  } else {
    right_tile[at] = block[0];
    right_tile[at + edge] = block[1];
    right_tile[at + 2u * edge] = block[2];
    right_tile[at + 3u * edge] = block[3];
  }
}

// Tiles are [TILE/2, TILE], quads of a row permuted by exclusive or: eight neighbouring invocations then meet eight
// different groups of memory banks, both when they stage along k and when they read along a row.
fn tile_index(inner_quad: u32, quad: u32) -> u32 {
  return inner_quad * TILE + (quad ^ (inner_quad * (64u / TILE)));
}

fn left_block(inner_quad: u32, quad: u32) -> mat4x4f {
  let edge = TILE / 4u;
  let at = tile_index(inner_quad, quad);
  return mat4x4f(left_tile[at], left_tile[at + edge], left_tile[at + 2u * edge], left_tile[at + 3u * edge]);
}

fn right_block(inner_quad: u32, quad: u32) -> mat4x4f {
  let edge = TILE / 4u;
  let at = tile_index(inner_quad, quad);
  return mat4x4f(right_tile[at], right_tile[at + edge], right_tile[at + 2u * edge], right_tile[at + 3u * edge]);
}
