// Losses that are a mean over samples and all their outputs of a function of one output x and its target y. The including shader
// defines that function, its derivative, and above which x a single output means class 1:
//   fn pointwise_loss(x: vec4f, y: vec4f) -> vec4f
//   fn pointwise_slope(x: vec4f, y: vec4f) -> vec4f
//   const DECISION: f32
#include "shared/loss.wgsl"

// Four numbers of a sample, from its `first` on; past its end, whatever there is.
fn packed_values(sample_start: u32, first: u32) -> vec4f {
  let word = sample_start + first / 4u;
  let values = targets[word];
  let shift = first % 4u;
  if (shift == 0u) {
    return values;
  }
  let further = targets[word + 1u];
  if (shift == 1u) {
    return vec4f(values.yzw, further.x);
  }
  if (shift == 2u) {
    return vec4f(values.zw, further.xy);
  }
  return vec4f(values.w, further.xyz);
}

// Targets of one vec4 of outputs: the values themselves; for classes one-hot, or the class number where one output
// stands for two classes.
fn target_values(row: u32, word: u32) -> vec4f {
  if (loss.classes == 0u) {
    let first = row % loss.positions * loss.outputs + word * 4u;
    return packed_values(row / loss.positions * loss.target_words, first);
  }
  let class_number = targets[row].x;
  if (loss.outputs == 1u) {
    return vec4f(class_number, 0.0, 0.0, 0.0);
  }
  return select(vec4f(), vec4f(1.0), columns_of(word) == vec4u(u32(class_number)));
}

fn is_correct(row: u32, best: RowMaximum) -> bool {
  if (loss.classes == 0u) {
    return false;
  }
  let predicted = select(best.column, u32(best.value > DECISION), loss.outputs == 1u);
  return predicted == u32(targets[row].x);
}

fn run_pointwise(workgroup: u32, workgroups: u32, local: u32) {
  let rows_at_once = LOSS_WORKGROUP / LANES;
  let elements = f32(loss.rows) * f32(loss.outputs);
  var mine = LossPartial(0.0, 0u, 0u, 0u);
  for (var base = workgroup * rows_at_once; base < loss.rows; base += workgroups * rows_at_once) {
    let row = base + local / LANES;
    // Invocations past the last row take part in the barriers with nothing to add.
    let end = select(0u, loss.words, row < loss.rows);
    mine.nonfinite |= u32(any_nonfinite_word(local, row * loss.words, end));
    let best = row_maximum(local, row * loss.words, end);
    var row_loss = 0.0;
    for (var word = local % LANES; word < end; word += LANES) {
      let values = logits[row * loss.words + word];
      let wanted = target_values(row, word);
      let inside = columns_of(word) < vec4u(loss.outputs);
      row_loss += dot(select(vec4f(), pointwise_loss(values, wanted), inside), vec4f(1.0));
      if (loss.write_gradient == 1u) {
        let slope = pointwise_slope(values, wanted) / elements;
        logits_gradient[row * loss.words + word] = select(vec4f(), slope, inside);
      }
    }
    mine.loss += row_loss / f32(loss.outputs * loss.positions);
    mine.correct += u32(end > 0u && local % LANES == 0u && is_correct(row, best));
  }
  store_partial(workgroup, local, mine);
}
