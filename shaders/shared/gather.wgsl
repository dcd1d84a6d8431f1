// What both gather kernels share. A row of the data set is `input_words` vec4 of inputs followed by `target_words`
// vec4 of targets. The data set lies in chunks, one buffer each; a dispatch copies the rows that lie in its chunk.

// A workgroup covers 16 rows × a span of 64 words; an invocation copies every 16th word of its row's span.
const GATHER_LANES = 16u;
const GATHER_ROWS = 16u;
const GATHER_SPAN = 64u;

struct Gather {
  // Rows of the batch.
  rows: u32,
  input_words: u32,
  target_words: u32,
  // The chunk holds rows chunk_first ≤ row < chunk_first + chunk_rows of the data set.
  chunk_first: u32,
  chunk_rows: u32,
  // gather_rows: where in the list of rows this batch begins.
  list_first: u32,
  // gather_batch: size of the training part, its permutation_half_bits, and the seed of the order.
  training_count: u32,
  half_bits: u32,
  seed: u32,
}

@group(0) @binding(0) var<uniform> gather: Gather;
@group(0) @binding(1) var<storage, read> data: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> inputs: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> targets: array<vec4f>;

// Copies this invocation's words of data row `source` to batch row `row`.
fn copy_row(source: u32, row: u32, first_word: u32) {
  if (source < gather.chunk_first || source - gather.chunk_first >= gather.chunk_rows) {
    return;
  }
  let words = gather.input_words + gather.target_words;
  let base = (source - gather.chunk_first) * words;
  let end = min(words, (first_word / GATHER_SPAN + 1u) * GATHER_SPAN);
  for (var word = first_word; word < end; word += GATHER_LANES) {
    let value = data[base + word];
    if (word < gather.input_words) {
      inputs[row * gather.input_words + word] = value;
    } else {
      targets[row * gather.target_words + word - gather.input_words] = value;
    }
  }
}
