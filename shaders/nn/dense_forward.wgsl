// z = x·W + b (+ residual), a = f(z) · dropout mask; with SPLIT, partial sums of x·W instead, for layer_output_finish.
#include "shared/layer_output.wgsl"
#include "shared/matrix_product.wgsl"
#include "shared/plain_place.wgsl"

// 1: `preactivation` is scratch [splits, rows, out4] and nothing else is written.
override SPLIT: u32 = 0u;

struct Shape {
  rows: u32,
  input_quads: u32,
  outputs: u32,
  output_quads: u32,
  inner_per_split: u32,
}

// x [rows, in4].
@group(0) @binding(0) var<storage, read> input: array<vec4f>;
// W [in4, out4].
@group(0) @binding(1) var<storage, read> weights: array<vec4f>;
// b [out4].
@group(0) @binding(2) var<storage, read> bias: array<vec4f>;
// z [rows, out4].
@group(0) @binding(3) var<storage, read_write> preactivation: array<vec4f>;
// a, x·W + b where a residual is added, and the residual, [rows, out4] each.
@group(0) @binding(4) var<storage, read_write> activation: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> own: array<vec4f>;
@group(0) @binding(6) var<storage, read> residual: array<vec4f>;
@group(0) @binding(7) var<storage, read> control: Control;
@group(0) @binding(8) var<uniform> shape: Shape;
@group(0) @binding(9) var<uniform> dropout: Dropout;

const LEFT_ALONG_INNER = true;
const RIGHT_ALONG_INNER = false;

fn read_left(k: u32, quad: LeftPlace) -> mat4x4f {
  let row = quad * 4u;
  return transpose(mat4x4f(input_quad(row, k), input_quad(row + 1u, k), input_quad(row + 2u, k), input_quad(row + 3u, k)));
}

fn input_quad(row: u32, k: u32) -> vec4f {
  return input[row * shape.input_quads + k / 4u];
}

fn read_right(k: u32, quad: u32) -> mat4x4f {
  let stride = shape.output_quads;
  let at = k * stride + quad;
  return mat4x4f(weights[at], weights[at + stride], weights[at + 2u * stride], weights[at + 3u * stride]);
}

fn write_sums(row: u32, quad: u32, split: u32, sums: vec4f) {
  if (SPLIT == 1u) {
    preactivation[(split * shape.rows + row) * shape.output_quads + quad] = sums;
  } else {
    write_outputs(row, quad, sums + bias[quad]);
  }
}

@compute @workgroup_size(THREADS)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let product = Product(shape.rows, shape.output_quads, shape.input_quads * 4u, shape.inner_per_split);
  multiply(product, workgroup.z, linear_workgroup(workgroup, workgroups), thread);
}
