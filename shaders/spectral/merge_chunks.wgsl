// Merges chunk means and scatters into the running state by Chan's formula, chunk after chunk: with δ = m − M,
//   S += S_chunk + δδᵀ·n·n_chunk/(n + n_chunk),   M += δ·n_chunk/(n + n_chunk),   n += n_chunk.
// One invocation per row (y) and quad (x) of the lower triangle of `scatter` [width, quads]; each follows the means it
// needs by itself, from those before the pass, while the invocations of the last row write the new ones.

#include "shared/covariance_pass.wgsl"
#include "shared/running_moments.wgsl"

@group(0) @binding(0) var<storage, read> chunk_means: array<vec4f>;
@group(0) @binding(1) var<storage, read> chunk_scatters: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> moments: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> scatter: array<vec4f>;
@group(0) @binding(4) var<uniform> params: Params;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let quads = params.quads;
  let quad = id.x;
  let row = id.y;
  if (row >= params.width || quad > row / 4u) {
    return;
  }
  var count = moments[PREVIOUS_COUNT].x;
  var row_mean = moments[previous_mean_at(row / 4u, quads)][row % 4u];
  var mean = moments[previous_mean_at(quad, quads)];
  var sums = vec4f(0.0);
  // Nothing of an earlier window is left in an empty one, not even a NaN.
  if (count > 0.0) {
    sums = scatter[row * quads + quad];
  }
  var chunk = 0u;
  for (var start = params.first_row; start < params.end_row; start += params.chunk_rows) {
    let chunk_count = f32(min(params.chunk_rows, params.end_row - start));
    let share = chunk_count / (count + chunk_count);
    let row_shift = chunk_means[chunk * quads + row / 4u][row % 4u] - row_mean;
    let shift = chunk_means[chunk * quads + quad] - mean;
    sums += chunk_scatters[(chunk * 4u * quads + row) * quads + quad] + (row_shift * share * count) * shift;
    row_mean += row_shift * share;
    mean += shift * share;
    count += chunk_count;
    chunk++;
  }
  scatter[row * quads + quad] = sums;
  if (row + 1u == params.width) {
    moments[mean_at(quad, quads)] = mean;
    if (quad == 0u) {
      moments[COUNT] = vec4f(count);
    }
  }
}
