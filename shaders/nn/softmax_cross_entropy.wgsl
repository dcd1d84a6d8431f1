// Softmax cross-entropy against class numbers, as PyTorch's CrossEntropyLoss with label smoothing ε over K classes:
//   loss = −Σ t·log softmax(x),  t = 1 − ε + ε/K for the class, ε/K for the others;  gradient = (softmax(x) − t) / rows.
#include "shared/logarithm.wgsl"
#include "shared/loss.wgsl"

struct RowSums {
  // Σ exp(x − max) without the maximum itself, whose term is 1: small sums keep their digits.
  others: f32,
  // Σ (x − max).
  shifted: f32,
}

// This invocation's share of the sums over the vec4 `first` ≤ word < `first` + `end`.
fn sum_words(local: u32, first: u32, end: u32, best: RowMaximum) -> RowSums {
  var sums = RowSums(0.0, 0.0);
  for (var word = local % LANES; word < end; word += LANES) {
    let shifted = logits[first + word] - best.value;
    let inside = columns_of(word) < vec4u(loss.outputs);
    let other = inside & (columns_of(word) != vec4u(best.column));
    sums.others += dot(select(vec4f(), exp(shifted), other), vec4f(1.0));
    sums.shifted += dot(select(vec4f(), shifted, inside), vec4f(1.0));
  }
  return sums;
}

fn row_loss(first: u32, class_number: u32, best: RowMaximum, sums: RowSums) -> f32 {
  let own = logits[first + class_number / 4u][class_number % 4u] - best.value;
  let smoothed = loss.label_smoothing / f32(loss.outputs) * sums.shifted;
  return log_one_plus(vec4f(sums.others)).x - (1.0 - loss.label_smoothing) * own - smoothed;
}

fn write_gradient(local: u32, first: u32, end: u32, class_number: u32, best: RowMaximum, sums: RowSums) {
  let low = loss.label_smoothing / f32(loss.outputs);
  let high = low + 1.0 - loss.label_smoothing;
  // Of the class where it is the maximum; softmax − high would cancel for a certain prediction.
  let certain = loss.label_smoothing - low - sums.others / (1.0 + sums.others);
  for (var word = local % LANES; word < end; word += LANES) {
    let share = exp(logits[first + word] - best.value) / (1.0 + sums.others);
    let is_class = columns_of(word) == vec4u(class_number);
    let is_certain = is_class & (columns_of(word) == vec4u(best.column));
    let gradient = select(share - select(vec4f(low), vec4f(high), is_class), vec4f(certain), is_certain);
    let inside = columns_of(word) < vec4u(loss.outputs);
    logits_gradient[first + word] = select(vec4f(), gradient / f32(loss.rows), inside);
  }
}

@compute @workgroup_size(LOSS_WORKGROUP)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let rows_at_once = LOSS_WORKGROUP / LANES;
  var mine = LossPartial(0.0, 0u, 0u, 0u);
  for (var base = workgroup.x * rows_at_once; base < loss.rows; base += workgroups.x * rows_at_once) {
    let row = base + local / LANES;
    let first = row * loss.words;
    // Invocations past the last row take part in the barriers with nothing to add.
    let end = select(0u, loss.words, row < loss.rows);
    mine.nonfinite |= u32(any_nonfinite_word(local, first, end));
    let best = row_maximum(local, first, end);
    let share = sum_words(local, first, end, best);
    let sums = RowSums(sum_over_row(local, share.others), sum_over_row(local, share.shifted));
    if (end > 0u) {
      let class_number = u32(targets[row].x);
      if (local % LANES == 0u) {
        mine.loss += row_loss(first, class_number, best, sums);
        mine.correct += u32(best.column == class_number);
      }
      if (loss.write_gradient == 1u) {
        write_gradient(local, first, end, class_number, best, sums);
      }
    }
  }
  store_partial(workgroup.x, local, mine);
}
