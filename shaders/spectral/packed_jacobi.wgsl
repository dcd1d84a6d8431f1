// Eigenvalues of symmetric matrices by cyclic Jacobi, one workgroup per matrix, whose lower triangle stays in workgroup
// memory for as many sweeps as the dispatch may do; what is unfinished goes to storage and is taken up by the next one.
//
// A round turns disjoint pairs of indices at once (round-robin: m odd, round r pairs (r + p) mod m with (r − p) mod m, and
// the last index of an even order with r); m rounds, a sweep, meet every pair. An odd order gets a row of zeros.
// Rutishauser's form of rotation, x −= s(y + τx), keeps two digits that the textbook's loses to inexact square roots.

#include "shared/float_bits.wgsl"
#include "shared/plane_rotations.wgsl"

override CAP: u32;
override WORKERS: u32;
override VECTORS: u32 = 0u;

struct Params {
  begin: u32,
  sweeps: u32,
}

// Offsets in elements: of the matrix, of its triangle among `iterates`, of its eigenvalues and of its eigenvectors.
struct Descriptor {
  source: u32,
  stride: u32,
  order: u32,
  iterate: u32,
  result: u32,
  vectors: u32,
}

// The iterate and what is said of it are the matrix times 2^−exponent.
struct Progress {
  status: u32,
  sweeps: u32,
  exponent: i32,
  off_norm: f32,
  norm: f32,
}

const RUNNING = 0u;
const CONVERGED = 1u;
const NON_FINITE = 2u;

@group(0) @binding(0) var<storage, read> matrices: array<u32>;
@group(0) @binding(1) var<storage, read> descriptors: array<Descriptor>;
@group(0) @binding(2) var<storage, read_write> iterates: array<f32>;
@group(0) @binding(3) var<storage, read_write> eigenvalues: array<f32>;
// [order, order] per matrix: row i is the eigenvector of eigenvalue i.
@group(0) @binding(4) var<storage, read_write> eigenvectors: array<f32>;
@group(0) @binding(5) var<storage, read_write> progress: array<Progress>;
@group(0) @binding(6) var<uniform> params: Params;

// Sums are taken in this many parts whatever WORKERS is, so that every variant gives the same bits.
const PARTS = 64u;
const LANES = 16u;
// Far below what f32 keeps of a matrix scaled to about 1, and far above where squares underflow.
const NEGLIGIBLE = 9.094947e-13;
const CONVERGED_OFF = 2e-7;
const STALLED_OFF = 1e-5;
const NO_SWEEP_YET = 3.4e38;

var<workgroup> triangle: array<f32, CAP * (CAP + 1u) / 2u>;
// Within a round the rotations (s, τ) by pair; between rounds the parts of sums. There is no room for both.
var<workgroup> scratch: array<vec2f, PARTS>;
var<workgroup> state: Progress;

// Leaves in scratch[0 … PARTS − 1].x the largest exponents of parts of the matrix.
fn measure_exponents(matrix: Descriptor, index: u32) {
  var largest = ZERO_EXPONENT;
  for (var row = index / LANES; row < matrix.order; row += WORKERS / LANES) {
    for (var column = index % LANES; column <= row; column += LANES) {
      largest = max(largest, exponent_of(matrices[matrix.source + row * matrix.stride + column]));
    }
  }
  // One group of workers after another adds its own: the maximum is the same in any order.
  for (var first = 0u; first < WORKERS; first += PARTS) {
    if (index >= first && index < first + PARTS) {
      let before = select(f32(ZERO_EXPONENT), scratch[index - first].x, first > 0u);
      scratch[index - first] = vec2f(max(before, f32(largest)), 0.0);
    }
    workgroupBarrier();
  }
}

// Reads the scaled lower triangle; false where there is nothing to solve: all zero, or not finite.
fn begin_matrix(matrix: Descriptor, index: u32) -> bool {
  measure_exponents(matrix, index);
  if (index == 0u) {
    var largest = ZERO_EXPONENT;
    for (var part = 0u; part < PARTS; part++) {
      largest = max(largest, i32(scratch[part].x));
    }
    state = Progress(RUNNING, 0u, min(largest, LARGEST_SCALING), NO_SWEEP_YET, 0.0);
    if (largest == ZERO_EXPONENT) {
      state = Progress(CONVERGED, 0u, 0, 0.0, 0.0);
    }
    if (largest == NON_FINITE_EXPONENT) {
      state = Progress(NON_FINITE, 0u, 0, 0.0, 0.0);
    }
  }
  let status = workgroupUniformLoad(&state.status);
  let exponent = workgroupUniformLoad(&state.exponent);
  for (var row = index / LANES; row < matrix.order; row += WORKERS / LANES) {
    for (var column = index % LANES; column <= row; column += LANES) {
      let bits = matrices[matrix.source + row * matrix.stride + column];
      triangle[row_start(row) + column] = select(0.0, scaled_down(bits, exponent), status == RUNNING);
    }
  }
  if (VECTORS == 1u) {
    for (var column = index; column < matrix.order; column += WORKERS) {
      for (var row = 0u; row < matrix.order; row++) {
        eigenvectors[matrix.vectors + row * matrix.order + column] = select(0.0, 1.0, row == column);
      }
    }
  }
  return status == RUNNING;
}

// Row sums in PARTS parts: (2Σ squares off the diagonal, Σ squares on it), or the largest on it in place of the latter.
fn measure_rows(order: u32, index: u32, largest: bool) {
  workgroupBarrier();
  if (index < PARTS) {
    var part = vec2f(0.0);
    for (var row = index; row < order; row += PARTS) {
      let start = row_start(row);
      for (var column = 0u; column < row; column++) {
        part.x += 2.0 * triangle[start + column] * triangle[start + column];
      }
      let diagonal = abs(triangle[start + row]);
      part.y = select(part.y + diagonal * diagonal, max(part.y, diagonal), largest);
    }
    scratch[index] = part;
  }
  workgroupBarrier();
}

// ‖A‖_F, which rotations leave as it is.
fn measure_norm(order: u32, index: u32) {
  measure_rows(order, index, false);
  if (index == 0u) {
    var squares = 0.0;
    for (var part = 0u; part < PARTS; part++) {
      squares += scratch[part].x + scratch[part].y;
    }
    state.norm = sqrt(squares);
  }
}

// Decides whether to go on: f32 stalls a few times 1e-7·‖A‖_F above zero, the higher the larger the order.
fn assess(order: u32, index: u32) -> u32 {
  measure_rows(order, index, true);
  if (index == 0u) {
    var squares = 0.0;
    var largest = 0.0;
    for (var part = 0u; part < PARTS; part++) {
      squares += scratch[part].x;
      largest = max(largest, scratch[part].y);
    }
    let off = sqrt(squares);
    // A first sweep is always done: a matrix near the identity is not diagonal for that.
    let diagonal = off <= CONVERGED_OFF * largest && (state.sweeps > 0u || off == 0.0);
    let stalled = off <= STALLED_OFF * state.norm && off > 0.5 * state.off_norm;
    state.off_norm = off;
    if (diagonal || stalled) {
      state.status = CONVERGED;
    }
  }
  return workgroupUniformLoad(&state.status);
}

// Turns the pair so that its off-diagonal element becomes 0, and returns the rotation (s, τ).
fn rotate_pair(pair: vec2u) -> vec2f {
  let at_ii = element(pair.x, pair.x);
  let at_jj = element(pair.y, pair.y);
  let at_ij = element(pair.x, pair.y);
  let coupling = triangle[at_ij];
  if (abs(coupling) <= NEGLIGIBLE) {
    return vec2f(0.0);
  }
  let rotation = annihilating_rotation(triangle[at_ii], triangle[at_jj], coupling);
  triangle[at_ii] -= rotation.z * coupling;
  triangle[at_jj] += rotation.z * coupling;
  triangle[at_ij] = 0.0;
  return rotation.xy;
}

// The 2 × 2 block where the rows of one pair meet the columns of another: turned by both.
fn turn_block(rows: vec2u, row_rotation: vec2f, columns: vec2u, column_rotation: vec2f) {
  let at_iu = element(rows.x, columns.x);
  let at_iv = element(rows.x, columns.y);
  let at_ju = element(rows.y, columns.x);
  let at_jv = element(rows.y, columns.y);
  let u = turn(triangle[at_iu], triangle[at_ju], row_rotation);
  let v = turn(triangle[at_iv], triangle[at_jv], row_rotation);
  let i = turn(u.x, v.x, column_rotation);
  let j = turn(u.y, v.y, column_rotation);
  triangle[at_iu] = i.x;
  triangle[at_iv] = i.y;
  triangle[at_ju] = j.x;
  triangle[at_jv] = j.y;
}

fn turn_vectors(matrix: Descriptor, index: u32, round: u32, circle: u32, slots: u32) {
  // Each worker keeps to its own columns, so no barrier is needed from round to round.
  for (var column = index; column < matrix.order; column += WORKERS) {
    for (var slot = 0u; slot < slots; slot++) {
      let rotation = scratch[slot];
      if (rotation.x != 0.0) {
        let pair = pair_at(slot, round, circle);
        let at_i = matrix.vectors + pair.x * matrix.order + column;
        let at_j = matrix.vectors + pair.y * matrix.order + column;
        let turned = turn(eigenvectors[at_i], eigenvectors[at_j], rotation);
        eigenvectors[at_i] = turned.x;
        eigenvectors[at_j] = turned.y;
      }
    }
  }
}

fn sweep(matrix: Descriptor, index: u32) {
  let circle = (matrix.order - 1u) | 1u;
  let slots = (circle + 1u) / 2u;
  let blocks = slots * (slots - 1u) / 2u;
  for (var round = 0u; round < circle; round++) {
    if (index < slots) {
      scratch[index] = rotate_pair(pair_at(index, round, circle));
    }
    workgroupBarrier();
    // All pairs of slots as {slot, slot + distance mod slots}: every worker gets as many, and none divides in the loop.
    var slot = index % slots;
    var distance = 1u + index / slots;
    for (var block = index; block < blocks; block += WORKERS) {
      var other = slot + distance;
      if (other >= slots) {
        other -= slots;
      }
      let row_rotation = scratch[slot];
      let column_rotation = scratch[other];
      if (row_rotation.x != 0.0 || column_rotation.x != 0.0) {
        turn_block(pair_at(slot, round, circle), row_rotation, pair_at(other, round, circle), column_rotation);
      }
      slot += WORKERS % slots;
      distance += WORKERS / slots;
      if (slot >= slots) {
        slot -= slots;
        distance++;
      }
    }
    if (VECTORS == 1u) {
      turn_vectors(matrix, index, round, circle, slots);
    }
    workgroupBarrier();
  }
}

@compute @workgroup_size(WORKERS)
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) index: u32) {
  let matrix = descriptors[workgroup.x];
  let length = row_start(matrix.order);
  let padded_length = row_start((matrix.order + 1u) & ~1u);
  for (var k = length + index; k < padded_length; k += WORKERS) {
    triangle[k] = 0.0;
  }
  if (params.begin == 1u) {
    if (begin_matrix(matrix, index)) {
      measure_norm(matrix.order, index);
      _ = assess(matrix.order, index);
    }
  } else {
    if (index == 0u) {
      state = progress[workgroup.x];
    }
    if (workgroupUniformLoad(&state.status) != RUNNING) {
      return;
    }
    for (var k = index; k < length; k += WORKERS) {
      triangle[k] = iterates[matrix.iterate + k];
    }
    workgroupBarrier();
  }
  for (var done = 0u; done < params.sweeps; done++) {
    if (workgroupUniformLoad(&state.status) != RUNNING) {
      break;
    }
    sweep(matrix, index);
    if (index == 0u) {
      state.sweeps++;
    }
    _ = assess(matrix.order, index);
  }
  workgroupBarrier();
  for (var k = index; k < length; k += WORKERS) {
    iterates[matrix.iterate + k] = triangle[k];
  }
  for (var k = index; k < matrix.order; k += WORKERS) {
    eigenvalues[matrix.result + k] = triangle[row_start(k) + k];
  }
  if (index == 0u) {
    progress[workgroup.x] = state;
  }
}
