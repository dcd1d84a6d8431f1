// What the loss kernels share: bindings, sums over a row and over a workgroup, always in the same order.
//
// A row is what one position of a sample has: its outputs, or the channels of an image there. LANES invocations work on a
// row, each on every LANES-th vec4 of it. A workgroup of 64 has 64 / LANES rows at a time and strides over the batch.
#include "shared/loss_partial.wgsl"
#include "shared/nonfinite.wgsl"

const LOSS_WORKGROUP = 64u;
// A power of two ≤ 64; 1 needs no barriers within a row.
override LANES: u32 = 4u;

struct Loss {
  // Rows that count; further rows of the buffers are ignored.
  rows: u32,
  outputs: u32,
  // Vec4 per row of logits.
  words: u32,
  // 1: targets are class numbers in column 0 of [rows, 4]; 0: values [samples, target_words · 4], packed: those of a
  // sample's positions follow one another without gaps.
  classes: u32,
  // 1: write the gradient of the mean loss.
  write_gradient: u32,
  // 1: add to the partials instead of replacing them, for an evaluation of several batches.
  accumulate: u32,
  label_smoothing: f32,
  // Rows of a sample.
  positions: u32,
  // Vec4 per sample of values.
  target_words: u32,
}

@group(0) @binding(0) var<uniform> loss: Loss;
// [rows, out4]
@group(0) @binding(1) var<storage, read> logits: array<vec4f>;
@group(0) @binding(2) var<storage, read> targets: array<vec4f>;
// [rows, out4]; padding columns are written 0.
@group(0) @binding(3) var<storage, read_write> logits_gradient: array<vec4f>;
// One per workgroup.
@group(0) @binding(4) var<storage, read_write> loss_partials: array<LossPartial>;

var<workgroup> scratch: array<f32, LOSS_WORKGROUP>;
var<workgroup> scratch_index: array<u32, LOSS_WORKGROUP>;
var<workgroup> scratch_partial: array<LossPartial, LOSS_WORKGROUP>;

struct RowMaximum {
  value: f32,
  // The first column that holds it.
  column: u32,
}

fn columns_of(word: u32) -> vec4u {
  return word * 4u + vec4u(0u, 1u, 2u, 3u);
}

// Whether one of this invocation's vec4 of a row holds NaN or infinity.
fn any_nonfinite_word(local: u32, first: u32, end: u32) -> bool {
  var exponents = vec4u();
  for (var word = local % LANES; word < end; word += LANES) {
    exponents = max(exponents, exponent_bits(logits[first + word]));
  }
  return any_nonfinite(exponents);
}

// Sum of `value` over the lanes of this invocation's row.
fn sum_over_row(local: u32, value: f32) -> f32 {
  if (LANES == 1u) {
    return value;
  }
  let lane = local % LANES;
  scratch[local] = value;
  for (var stride = LANES / 2u; stride > 0u; stride >>= 1u) {
    workgroupBarrier();
    if (lane < stride) {
      scratch[local] += scratch[local + stride];
    }
  }
  workgroupBarrier();
  let total = scratch[local - lane];
  workgroupBarrier();
  return total;
}

// The largest of the lanes' maxima, the first column where several hold it.
fn maximum_over_row(local: u32, mine: RowMaximum) -> RowMaximum {
  if (LANES == 1u) {
    return mine;
  }
  let lane = local % LANES;
  scratch[local] = mine.value;
  scratch_index[local] = mine.column;
  for (var stride = LANES / 2u; stride > 0u; stride >>= 1u) {
    workgroupBarrier();
    if (lane < stride) {
      let value = scratch[local + stride];
      let column = scratch_index[local + stride];
      if (value > scratch[local] || (value == scratch[local] && column < scratch_index[local])) {
        scratch[local] = value;
        scratch_index[local] = column;
      }
    }
  }
  workgroupBarrier();
  let row = RowMaximum(scratch[local - lane], scratch_index[local - lane]);
  workgroupBarrier();
  return row;
}

// The largest logit of a row; where all are NaN, column 0.
fn row_maximum(local: u32, first: u32, end: u32) -> RowMaximum {
  var best = RowMaximum(-3.4028234e38, 0u);
  for (var word = local % LANES; word < end; word += LANES) {
    let values = logits[first + word];
    for (var component = 0u; component < 4u; component++) {
      let column = word * 4u + component;
      if (column < loss.outputs && values[component] > best.value) {
        best = RowMaximum(values[component], column);
      }
    }
  }
  return maximum_over_row(local, best);
}

// Sums the invocations' shares and stores them as this workgroup's partial.
fn store_partial(workgroup: u32, local: u32, mine: LossPartial) {
  scratch_partial[local] = mine;
  for (var stride = LOSS_WORKGROUP / 2u; stride > 0u; stride >>= 1u) {
    workgroupBarrier();
    if (local < stride) {
      scratch_partial[local] = add_loss_partials(scratch_partial[local], scratch_partial[local + stride]);
    }
  }
  if (local == 0u) {
    if (loss.accumulate == 1u) {
      loss_partials[workgroup] = add_loss_partials(loss_partials[workgroup], scratch_partial[0]);
    } else {
      loss_partials[workgroup] = scratch_partial[0];
    }
  }
}
