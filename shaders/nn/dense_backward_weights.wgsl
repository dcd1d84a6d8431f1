// dW = Xᵀ·dZ and db = Σ over rows of dZ: the bias is the weight of an input that is always 1, so its gradient is one
// more row, number in4, of the same product. With SPLIT, partial sums instead, for weight_gradient_finish.
#include "shared/weight_gradient.wgsl"
#include "shared/matrix_product.wgsl"
#include "shared/plain_place.wgsl"

// 1: `weight_gradient` is scratch [splits, in4 + 1, out4] and nothing else is written.
override SPLIT: u32 = 0u;

struct Shape {
  rows: u32,
  inputs: u32,
  input_quads: u32,
  weight_rows: u32,
  outputs: u32,
  output_quads: u32,
  inner_per_split: u32,
}

// x [rows, in4].
@group(0) @binding(0) var<storage, read> input: array<vec4f>;
// dZ [rows, out4].
@group(0) @binding(1) var<storage, read> output_gradient: array<vec4f>;
// dW [in4, out4].
@group(0) @binding(2) var<storage, read_write> weight_gradient: array<vec4f>;
// db [out4].
@group(0) @binding(3) var<storage, read_write> bias_gradient: array<vec4f>;
@group(0) @binding(4) var<uniform> shape: Shape;

const LEFT_ALONG_INNER = false;
const RIGHT_ALONG_INNER = false;

fn read_left(k: u32, quad: LeftPlace) -> mat4x4f {
  return mat4x4f(input_quad(k, quad), input_quad(k + 1u, quad), input_quad(k + 2u, quad), input_quad(k + 3u, quad));
}

// 0 past the last row, so that the sums may run over a multiple of 4.
fn input_quad(row: u32, quad: u32) -> vec4f {
  let values = select(input[row * shape.input_quads + quad], vec4f(1.0, 0.0, 0.0, 0.0), quad >= shape.input_quads);
  return select(vec4f(), values, row < shape.rows);
}

fn read_right(k: u32, quad: u32) -> mat4x4f {
  return mat4x4f(gradient_quad(k, quad), gradient_quad(k + 1u, quad), gradient_quad(k + 2u, quad), gradient_quad(k + 3u, quad));
}

fn gradient_quad(row: u32, quad: u32) -> vec4f {
  return select(vec4f(), output_gradient[row * shape.output_quads + quad], row < shape.rows);
}

fn write_sums(row: u32, quad: u32, split: u32, sums: vec4f) {
  if (SPLIT == 1u) {
    weight_gradient[(split * (shape.weight_rows + 1u) + row) * shape.output_quads + quad] = sums;
  } else {
    write_gradient(row, quad, sums);
  }
}

@compute @workgroup_size(THREADS)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let inner = (shape.rows + 3u) / 4u * 4u;
  let product = Product(shape.weight_rows + 1u, shape.output_quads, inner, shape.inner_per_split);
  multiply(product, workgroup.z, linear_workgroup(workgroup, workgroups), thread);
}
