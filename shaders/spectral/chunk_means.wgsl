// Means of chunks of consecutive rows of an activation matrix [rows, 4·quads], relative to the window's first sample, the
// pivot: with it f32 holds where a feature's mean lies thousands of deviations from 0. Opens a pass: sets the pivot if
// there is none, and keeps mean and count as they were before for `merge_chunks`.
// One workgroup per 8 quads (x) and chunk (y); 8 invocations share a quad's rows and their sums meet in fixed order.

#include "shared/covariance_pass.wgsl"
#include "shared/running_moments.wgsl"

@group(0) @binding(0) var<storage, read> source: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> moments: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> chunk_means: array<vec4f>;
@group(0) @binding(3) var<uniform> params: Params;

const QUADS = 8u;
const LANES = 8u;

var<workgroup> partial_sums: array<vec4f, QUADS * LANES>;

@compute @workgroup_size(QUADS, LANES)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let quads = params.quads;
  let quad = workgroup.x * QUADS + local.x;
  let chunk = workgroup.y;
  let start = params.first_row + chunk * params.chunk_rows;
  let end = min(start + params.chunk_rows, params.end_row);
  let count = moments[COUNT].x;

  var pivot = vec4f(0.0);
  var sum = vec4f(0.0);
  if (quad < quads) {
    if (count == 0.0) {
      pivot = source[params.first_row * quads + quad];
    } else {
      pivot = moments[pivot_at(quad)];
    }
    for (var row = start + local.y; row < end; row += LANES) {
      sum += source[row * quads + quad] - pivot;
    }
  }
  partial_sums[index] = sum;
  workgroupBarrier();
  if (local.y > 0u || quad >= quads) {
    return;
  }
  for (var lane = 1u; lane < LANES; lane++) {
    sum += partial_sums[lane * QUADS + local.x];
  }
  chunk_means[chunk * quads + quad] = sum / f32(end - start);
  if (chunk > 0u) {
    return;
  }
  if (count == 0.0) {
    moments[pivot_at(quad)] = pivot;
  }
  moments[previous_mean_at(quad, quads)] = moments[mean_at(quad, quads)];
  if (quad == 0u) {
    moments[PREVIOUS_COUNT] = vec4f(count);
  }
}
