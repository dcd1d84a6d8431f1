// γ·(x − μ)/√(σ² + ε) + β per channel; see layer_output.wgsl for what becomes of it.
#include "shared/index.wgsl"
#include "shared/layer_output.wgsl"
#include "shared/normalisation.wgsl"

// 1: the statistics are the running ones, mean and variance; 0: those of the batch, mean and 1/√(variance + ε).
override RUNNING: u32;

struct Shape {
  // Positions of all samples.
  rows: u32,
  outputs: u32,
  output_quads: u32,
}

@group(0) @binding(0) var<storage, read> input: array<vec4f>;
// [2, channels4].
@group(0) @binding(1) var<storage, read> statistics: array<vec4f>;
// γ and β, [channels4].
@group(0) @binding(2) var<storage, read> scale: array<vec4f>;
@group(0) @binding(3) var<storage, read> shift: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> preactivation: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> activation: array<vec4f>;
@group(0) @binding(6) var<storage, read> residual: array<vec4f>;
@group(0) @binding(7) var<storage, read> control: Control;
@group(0) @binding(8) var<uniform> shape: Shape;
@group(0) @binding(9) var<uniform> dropout: Dropout;
// Nobody looks at what a normalisation makes before a residual is added: the layer before it is the one observed.
var<private> own: array<vec4f, 1>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let at = linear_workgroup(workgroup, count) * 64u + thread;
  if (at >= shape.rows * shape.output_quads) {
    return;
  }
  let quad = at % shape.output_quads;
  var inverse = statistics[shape.output_quads + quad];
  if (RUNNING == 1u) {
    inverse = inverseSqrt(inverse + NORMALISATION_EPSILON);
  }
  let normalised = (input[at] - statistics[quad]) * inverse;
  write_outputs(at / shape.output_quads, quad, scale[quad] * normalised + shift[quad]);
}
