// Builds the next training batch: inputs [rows, in4] and targets [rows, targets4] in the order of the epoch.
#include "shared/control.wgsl"
#include "shared/gather.wgsl"
#include "shared/permutation.wgsl"

@group(0) @binding(4) var<storage, read> control: Control;

@compute @workgroup_size(GATHER_LANES, GATHER_ROWS)
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_id) local: vec3u) {
  let row = workgroup.y * GATHER_ROWS + local.y;
  let word = workgroup.x * GATHER_SPAN + local.x;
  if (row >= gather.rows || word >= gather.input_words + gather.target_words) {
    return;
  }
  let position = control.epoch_offset + row;
  let count = gather.training_count;
  let epoch = control.epoch + position / count;
  copy_row(permuted_row(position % count, count, gather.half_bits, gather.seed, epoch), row, word);
}
