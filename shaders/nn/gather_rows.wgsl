// Copies listed rows of the data set to inputs [rows, in4] and targets [rows, targets4]: probe and held-out samples.
#include "shared/gather.wgsl"

// Numbers of the rows to copy.
@group(0) @binding(4) var<storage, read> row_list: array<u32>;

@compute @workgroup_size(GATHER_LANES, GATHER_ROWS)
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_id) local: vec3u) {
  let row = workgroup.y * GATHER_ROWS + local.y;
  let word = workgroup.x * GATHER_SPAN + local.x;
  if (row >= gather.rows || word >= gather.input_words + gather.target_words) {
    return;
  }
  copy_row(row_list[gather.list_first + row], row, word);
}
