// Builds the next training batch: inputs [rows, in4] and targets [rows, targets4] in the order of the epoch.
//
// A row of the data set is `input_words` vec4 of inputs followed by `target_words` vec4 of targets. The data set lies in
// chunks, one buffer each; a dispatch copies the rows that lie in its chunk.
#include "shared/augmentation.wgsl"
#include "shared/control.wgsl"
#include "shared/permutation.wgsl"
#include "shared/quad.wgsl"

// 1: images are seen as their draw says, a number at a time; 0: samples are copied as they are.
override AUGMENTED: u32 = 0u;

// A workgroup covers 16 rows × a span of 64 words; an invocation copies every 16th word of its row's span.
const LANES = 16u;
const ROWS = 16u;
const SPAN = 64u;

struct Gather {
  // Rows of the batch.
  rows: u32,
  input_words: u32,
  target_words: u32,
  // The chunk holds rows chunk_first ≤ row < chunk_first + chunk_rows of the data set.
  chunk_first: u32,
  chunk_rows: u32,
  // Size of the training part, its permutation_half_bits, and the seed of the order.
  training_count: u32,
  half_bits: u32,
  seed: u32,
  // The image that a sample is, and how it may be seen; read by the augmented variant alone.
  height: u32,
  width: u32,
  channels: u32,
  crop: u32,
  flip: u32,
}

@group(0) @binding(0) var<uniform> gather: Gather;
@group(0) @binding(1) var<storage, read> data: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> inputs: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> targets: array<vec4f>;
@group(0) @binding(4) var<storage, read> control: Control;

@compute @workgroup_size(LANES, ROWS)
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_id) local: vec3u) {
  let words = gather.input_words + gather.target_words;
  let row = workgroup.y * ROWS + local.y;
  let first_word = workgroup.x * SPAN + local.x;
  if (row >= gather.rows || first_word >= words) {
    return;
  }
  let position = control.epoch_offset + row;
  let count = gather.training_count;
  let epoch = control.epoch + position / count;
  let source = permuted_row(position % count, count, gather.half_bits, gather.seed, epoch);
  if (source < gather.chunk_first || source - gather.chunk_first >= gather.chunk_rows) {
    return;
  }
  let base = (source - gather.chunk_first) * words;
  let end = min(words, (workgroup.x + 1u) * SPAN);
  var view: View;
  if (AUGMENTED == 1u) {
    view = draw_view(gather.crop, gather.flip, gather.seed, epoch, source);
  }
  for (var word = first_word; word < end; word += LANES) {
    if (word >= gather.input_words) {
      targets[row * gather.target_words + word - gather.input_words] = data[base + word];
    } else if (AUGMENTED == 1u) {
      inputs[row * gather.input_words + word] = seen_quad(view, base, word);
    } else {
      inputs[row * gather.input_words + word] = data[base + word];
    }
  }
}

// Four neighbouring numbers of the image that begins at data[base], as it is seen.
fn seen_quad(view: View, base: u32, word: u32) -> vec4f {
  let image = Image(gather.height, gather.width, gather.channels);
  let seen = seen_elements(view, image, word * 4u + vec4u(0u, 1u, 2u, 3u));
  let values = vec4f(number_at(base, seen.x), number_at(base, seen.y), number_at(base, seen.z), number_at(base, seen.w));
  return without_padding(values, word, image.height * image.width * image.channels);
}

fn number_at(base: u32, element: u32) -> f32 {
  return data[base + element / 4u][element % 4u];
}
