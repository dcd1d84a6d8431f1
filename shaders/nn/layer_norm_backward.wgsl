// A layer normalisation's share of the gradient in its input, through each row's mean and variance too. With g = γ·dy and
// sums over the C channels of a row: 1/√(σ² + ε) · (g − Σg/C − x̂·Σ(g·x̂)/C).
#include "shared/index.wgsl"
#include "shared/input_gradient.wgsl"
#include "shared/row_lanes.wgsl"

struct Shape {
  // Positions of all samples.
  rows: u32,
  channels: u32,
  channel_quads: u32,
}

@group(0) @binding(0) var<storage, read> input: array<vec4f>;
@group(0) @binding(1) var<storage, read> output_gradient: array<vec4f>;
// [rows, 2]: mean and 1/√(variance + ε).
@group(0) @binding(2) var<storage, read> statistics: array<vec2f>;
// γ [channels4].
@group(0) @binding(3) var<storage, read> scale: array<vec4f>;
@group(0) @binding(4) var<storage, read> preactivation: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> input_gradient: array<vec4f>;
@group(0) @binding(6) var<storage, read> control: Control;
@group(0) @binding(7) var<uniform> shape: Shape;
@group(0) @binding(8) var<uniform> dropout: Dropout;

const ONES = vec4f(1.0);

@compute @workgroup_size(ROW_WORKGROUP)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let row = row_of(linear_workgroup(workgroup, count), local);
  let inside = row < shape.rows;
  let lane = local % LANES;
  let end = select(0u, shape.channel_quads, inside);
  let first = row * shape.channel_quads;
  var moments = vec2f();
  if (inside) {
    moments = statistics[row];
  }
  var mine = vec2f();
  for (var quad = lane; quad < end; quad += LANES) {
    let gradient = scale[quad] * output_gradient[first + quad];
    let normalised = without_padding((input[first + quad] - moments.x) * moments.y, quad, shape.channels);
    mine += vec2f(dot(gradient, ONES), dot(gradient, normalised));
  }
  let sums = sum_over_row(local, mine) / f32(shape.channels);
  for (var quad = lane; quad < end; quad += LANES) {
    let gradient = scale[quad] * output_gradient[first + quad];
    let normalised = (input[first + quad] - moments.x) * moments.y;
    write_input_gradient(first + quad, moments.y * (gradient - sums.x - normalised * sums.y));
  }
}
