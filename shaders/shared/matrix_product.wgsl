// The core of dense and convolution kernels: P[m, n] = Σ_k L[k, m] · R[k, n], summed in the order of k, a block of 4×4
// sums at a time. A quad is four neighbouring numbers of a row, one vec4f. The including kernel says what is multiplied:
//   const LEFT_ALONG_INNER, RIGHT_ALONG_INNER   true where the operand lies in memory along k
//   left_place(quad) -> LeftPlace               whatever of a quad is the same for all k, found once before the sums
//   read_left(k, place), read_right(k, quad)    column j of the result holds operand[k + j, 4·quad …];
//                                               quads past the operand may return anything: WebGPU keeps
//                                               every read inside the buffer, so none is clamped here
//   write_sums(row, quad, split, sums)          called once for every row < rows and quad < quads
#include "shared/index.wgsl"

// Edges of a tile of sums: 8×8 or 16×16 of one invocation, without barriers, for adapters that compute on the CPU; or
// that of a workgroup, 4×4 sums per invocation, whose operands go through workgroup memory, for GPUs.
override TILE_ROWS: u32;
override TILE_COLUMNS: u32;
// Terms of a step: 4, or those that a workgroup stages at a time.
override TILE_DEPTH: u32;
// Invocations of a workgroup; TILE_ROWS·TILE_COLUMNS/16 where it shares tiles.
override THREADS: u32;
// Quads staged of each operand: TILE_DEPTH times its edge / 4; 1 where nothing is shared.
override LEFT_LENGTH: u32;
override RIGHT_LENGTH: u32;

struct Product {
  rows: u32,
  quads: u32,
  // Terms of one sum, a multiple of 4, and how many of them go to each split.
  inner: u32,
  inner_per_split: u32,
}

var<workgroup> left_tile: array<vec4f, LEFT_LENGTH>;
var<workgroup> right_tile: array<vec4f, RIGHT_LENGTH>;

// `number` of the workgroup among those of its split: tiles, or blocks of invocations, are counted in reading order.
fn multiply(product: Product, split: u32, number: u32, thread: u32) {
  if (TILE_DEPTH > 4u) {
    multiply_in_tiles(product, split, number, thread);
  } else if (TILE_ROWS == 16u) {
    multiply_blocks_of_16(product, split, number * THREADS + thread);
  } else {
    multiply_blocks_of_8(product, split, number * THREADS + thread);
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
  let left_place0 = left_place(row_quad);
  let left_place1 = left_place(row_quad + 1u);
  var sums00 = mat4x4f();
  var sums01 = mat4x4f();
  var sums10 = mat4x4f();
  var sums11 = mat4x4f();
  for (var k = first; k < end; k += 4u) {
    let left0 = read_left(k, left_place0);
    let left1 = read_left(k, left_place1);
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
  let left_place0 = left_place(row_quad);
  let left_place1 = left_place(row_quad + 1u);
  let left_place2 = left_place(row_quad + 2u);
  let left_place3 = left_place(row_quad + 3u);
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
    let left0 = read_left(k, left_place0);
    let left1 = read_left(k, left_place1);
    let left2 = read_left(k, left_place2);
    let left3 = read_left(k, left_place3);
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

// Each step stages TILE_DEPTH terms: a block of 4×4 in either operand per invocation, fetched while the step before is
// computed.
fn multiply_in_tiles(product: Product, split: u32, number: u32, thread: u32) {
  let row_edge = TILE_ROWS / 4u;
  let edge = TILE_COLUMNS / 4u;
  let tiles_per_row = (product.quads + edge - 1u) / edge;
  let row_origin = number / tiles_per_row * row_edge;
  let origin = number % tiles_per_row * edge;
  let first = split * product.inner_per_split;
  let end = min(first + product.inner_per_split, product.inner);
  let place = staging_place(thread, row_origin, origin);
  var staged = fetch_block(place, first, end);
  var sums = mat4x4f();
  for (var k = first; k < end; k += TILE_DEPTH) {
    workgroupBarrier();
    stage_block(place, staged);
    workgroupBarrier();
    staged = fetch_block(place, k + TILE_DEPTH, end);
    for (var inner_quad = 0u; inner_quad < TILE_DEPTH / 4u; inner_quad++) {
      let left = left_block(inner_quad, thread / edge);
      let right = right_block(inner_quad, thread % edge);
      sums = add_product(sums, left, right);
    }
  }
  write_block(product, row_origin + thread / edge, origin + thread % edge, split, sums);
}

const STAGES_LEFT = 0u;
const STAGES_RIGHT = 1u;
// Where a step has fewer blocks than the workgroup invocations.
const STAGES_NOTHING = 2u;

// Which block of a step an invocation stages: first those of the left operand, then those of the right one.
struct StagingPlace {
  operand: u32,
  inner_quad: u32,
  // Of the operand, and within the tile.
  quad: u32,
  tile_quad: u32,
  left: LeftPlace,
}

fn staging_place(thread: u32, row_origin: u32, origin: u32) -> StagingPlace {
  let inner_quads = TILE_DEPTH / 4u;
  let left_blocks = TILE_ROWS / 4u * inner_quads;
  let right_blocks = TILE_COLUMNS / 4u * inner_quads;
  var place: StagingPlace;
  if (thread < left_blocks) {
    let block = block_place(thread, TILE_ROWS / 4u, LEFT_ALONG_INNER);
    place.operand = STAGES_LEFT;
    place.inner_quad = block.x;
    place.tile_quad = block.y;
    place.left = left_place(row_origin + block.y);
  } else {
    let block = block_place(thread - left_blocks, TILE_COLUMNS / 4u, RIGHT_ALONG_INNER);
    place.operand = select(STAGES_NOTHING, STAGES_RIGHT, thread < left_blocks + right_blocks);
    place.inner_quad = block.x;
    place.tile_quad = block.y;
    place.quad = origin + block.y;
  }
  return place;
}

// Inner quad and quad of a block; neighbouring invocations read neighbouring memory.
fn block_place(slot: u32, edge: u32, along_inner: bool) -> vec2u {
  if (along_inner) {
    return vec2u(slot % (TILE_DEPTH / 4u), slot / (TILE_DEPTH / 4u));
  }
  return vec2u(slot / edge, slot % edge);
}

fn fetch_block(place: StagingPlace, step: u32, end: u32) -> mat4x4f {
  let k = step + place.inner_quad * 4u;
  if (k >= end || place.operand == STAGES_NOTHING) {
    return mat4x4f();
  }
  if (place.operand == STAGES_LEFT) {
    return read_left(k, place.left);
  }
  return read_right(k, place.quad);
}

fn stage_block(place: StagingPlace, block: mat4x4f) {
  if (place.operand == STAGES_LEFT) {
    let edge = TILE_ROWS / 4u;
    let at = tile_index(place.inner_quad, place.tile_quad, edge);
    left_tile[at] = block[0];
    left_tile[at + edge] = block[1];
    left_tile[at + 2u * edge] = block[2];
    left_tile[at + 3u * edge] = block[3];
  } else if (place.operand == STAGES_RIGHT) {
    let edge = TILE_COLUMNS / 4u;
    let at = tile_index(place.inner_quad, place.tile_quad, edge);
    right_tile[at] = block[0];
    right_tile[at + edge] = block[1];
    right_tile[at + 2u * edge] = block[2];
    right_tile[at + 3u * edge] = block[3];
  }
}

// Tiles are [TILE_DEPTH, edge] quads, those of a row permuted by exclusive or: eight neighbouring invocations then meet
// different groups of memory banks, both when they stage along k and when they read along a row.
fn tile_index(inner_quad: u32, quad: u32, edge: u32) -> u32 {
  return inner_quad * 4u * edge + (quad ^ ((inner_quad * (32u / TILE_DEPTH)) & (edge - 1u)));
}

fn left_block(inner_quad: u32, quad: u32) -> mat4x4f {
  let edge = TILE_ROWS / 4u;
  let at = tile_index(inner_quad, quad, edge);
  return mat4x4f(left_tile[at], left_tile[at + edge], left_tile[at + 2u * edge], left_tile[at + 3u * edge]);
}

fn right_block(inner_quad: u32, quad: u32) -> mat4x4f {
  let edge = TILE_COLUMNS / 4u;
  let at = tile_index(inner_quad, quad, edge);
  return mat4x4f(right_tile[at], right_tile[at + edge], right_tile[at + 2u * edge], right_tile[at + 3u * edge]);
}
