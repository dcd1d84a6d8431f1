// A batch normalisation's share of the gradient in its input, through the batch's mean and variance too:
// γ/√(σ² + ε) · (dy − Σdy/n − x̂·Σ(dy·x̂)/n).
#include "shared/index.wgsl"
#include "shared/input_gradient.wgsl"

struct Shape {
  // Positions of all samples.
  rows: u32,
  channels: u32,
  channel_quads: u32,
}

@group(0) @binding(0) var<storage, read> input: array<vec4f>;
@group(0) @binding(1) var<storage, read> output_gradient: array<vec4f>;
// [2, channels4]: mean and 1/√(variance + ε).
@group(0) @binding(2) var<storage, read> statistics: array<vec4f>;
// γ [channels4].
@group(0) @binding(3) var<storage, read> scale: array<vec4f>;
// [2, channels4] and more: Σ dy and Σ dy·x̂.
@group(0) @binding(4) var<storage, read> sums: array<vec4f>;
@group(0) @binding(5) var<storage, read> preactivation: array<vec4f>;
@group(0) @binding(6) var<storage, read_write> input_gradient: array<vec4f>;
@group(0) @binding(7) var<storage, read> control: Control;
@group(0) @binding(8) var<uniform> shape: Shape;
@group(0) @binding(9) var<uniform> dropout: Dropout;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let at = linear_workgroup(workgroup, count) * 64u + thread;
  let quads = shape.channel_quads;
  if (at >= shape.rows * quads) {
    return;
  }
  let quad = at % quads;
  let inverse = statistics[quads + quad];
  let normalised = (input[at] - statistics[quad]) * inverse;
  let through_statistics = (sums[quad] + normalised * sums[quads + quad]) / f32(shape.rows);
  write_input_gradient(at, scale[quad] * inverse * (output_gradient[at] - through_statistics));
}
