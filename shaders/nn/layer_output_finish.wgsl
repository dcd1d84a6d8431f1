// Adds up the partial sums of a layer's splits in their order; then bias, residual, activation function, dropout.
#include "shared/layer_output.wgsl"
#include "shared/index.wgsl"

struct Shape {
  rows: u32,
  outputs: u32,
  output_quads: u32,
  splits: u32,
}

// [splits, rows, out4].
@group(0) @binding(0) var<storage, read> partial_sums: array<vec4f>;
@group(0) @binding(1) var<storage, read> bias: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> preactivation: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> activation: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> own: array<vec4f>;
@group(0) @binding(5) var<storage, read> residual: array<vec4f>;
@group(0) @binding(6) var<storage, read> control: Control;
@group(0) @binding(7) var<uniform> shape: Shape;
@group(0) @binding(8) var<uniform> dropout: Dropout;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let at = linear_workgroup(workgroup, count) * 64u + thread;
  let length = shape.rows * shape.output_quads;
  if (at >= length) {
    return;
  }
  var sums = vec4f();
  for (var split = 0u; split < shape.splits; split++) {
    sums += partial_sums[split * length + at];
  }
  let quad = at % shape.output_quads;
  write_outputs(at / shape.output_quads, quad, sums + bias[quad]);
}
