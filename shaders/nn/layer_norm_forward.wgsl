// γ·(x − μ)/√(σ² + ε) + β with mean and variance of each row over its channels; see layer_output.wgsl for what becomes of
// it. Mean and 1/√(σ² + ε) are kept: 8 bytes per row save the gradients of γ and β, whose invocations go down the columns,
// from summing over every row again for each channel.
#include "shared/index.wgsl"
#include "shared/layer_output.wgsl"
#include "shared/normalisation.wgsl"
#include "shared/row_lanes.wgsl"

struct Shape {
  // Positions of all samples.
  rows: u32,
  outputs: u32,
  output_quads: u32,
}

@group(0) @binding(0) var<storage, read> input: array<vec4f>;
// γ and β, [channels4].
@group(0) @binding(1) var<storage, read> scale: array<vec4f>;
@group(0) @binding(2) var<storage, read> shift: array<vec4f>;
// [rows, 2].
@group(0) @binding(3) var<storage, read_write> statistics: array<vec2f>;
@group(0) @binding(4) var<storage, read_write> preactivation: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> activation: array<vec4f>;
@group(0) @binding(6) var<storage, read> residual: array<vec4f>;
@group(0) @binding(7) var<storage, read> control: Control;
@group(0) @binding(8) var<uniform> shape: Shape;
@group(0) @binding(9) var<uniform> dropout: Dropout;
// Nobody looks at what a normalisation makes before a residual is added: the layer before it is the one observed.
var<private> own: array<vec4f, 1>;

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
  let end = select(0u, shape.output_quads, inside);
  let first = row * shape.output_quads;
  let width = f32(shape.outputs);
  // Deviations from a value of the row, and then from their mean: f32 holds where the mean is far from 0.
  var pivot = 0.0;
  if (inside) {
    pivot = input[first].x;
  }
  var sum = 0.0;
  for (var quad = lane; quad < end; quad += LANES) {
    sum += dot(without_padding(input[first + quad] - pivot, quad, shape.outputs), ONES);
  }
  let mean = sum_over_row(local, vec2f(sum, 0.0)).x / width;
  var squares = 0.0;
  for (var quad = lane; quad < end; quad += LANES) {
    let deviation = without_padding((input[first + quad] - pivot) - mean, quad, shape.outputs);
    squares += dot(deviation, deviation);
  }
  let variance = sum_over_row(local, vec2f(squares, 0.0)).x / width;
  let inverse = inverseSqrt(variance + NORMALISATION_EPSILON);
  for (var quad = lane; quad < end; quad += LANES) {
    let normalised = ((input[first + quad] - pivot) - mean) * inverse;
    write_outputs(row, quad, scale[quad] * normalised + shift[quad]);
  }
  if (inside && lane == 0u) {
    statistics[row] = vec2f(pivot + mean, inverse);
  }
}
