// Adds up the partial sums of a weight gradient's splits in their order.
#include "shared/weight_gradient.wgsl"
#include "shared/index.wgsl"

struct Shape {
  inputs: u32,
  input_quads: u32,
  weight_rows: u32,
  outputs: u32,
  output_quads: u32,
  // Rows of a split: those of the weights, and one more where the bias is among them.
  rows: u32,
  splits: u32,
}

// [splits, rows, out4].
@group(0) @binding(0) var<storage, read> partial_sums: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> weight_gradient: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> bias_gradient: array<vec4f>;
@group(0) @binding(3) var<uniform> shape: Shape;

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
  write_gradient(at / shape.output_quads, at % shape.output_quads, sums);
}
