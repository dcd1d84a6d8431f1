// A dense layer's share of the gradient in its input, dZ·Wᵀ; see input_gradient.wgsl for what becomes of it.
#include "shared/input_gradient.wgsl"
#include "shared/matrix_product.wgsl"
#include "shared/plain_place.wgsl"

struct Shape {
  rows: u32,
  // Of a row of the input; of one position of it where samples are images: there a row has several.
  input_quads: u32,
  channels: u32,
  channel_quads: u32,
  output_quads: u32,
}

// dZ [rows, out4] of this layer.
@group(0) @binding(0) var<storage, read> output_gradient: array<vec4f>;
// W [in4, out4] of this layer.
@group(0) @binding(1) var<storage, read> weights: array<vec4f>;
// z [rows, in4] of the layer that made the input.
@group(0) @binding(2) var<storage, read> preactivation: array<vec4f>;
// dZ [rows, in4] of that layer.
@group(0) @binding(3) var<storage, read_write> input_gradient: array<vec4f>;
@group(0) @binding(4) var<storage, read> control: Control;
@group(0) @binding(5) var<uniform> shape: Shape;
@group(0) @binding(6) var<uniform> dropout: Dropout;

const LEFT_ALONG_INNER = true;
const RIGHT_ALONG_INNER = true;

fn read_left(k: u32, quad: LeftPlace) -> mat4x4f {
  let row = quad * 4u;
  return transpose(
    mat4x4f(gradient_quad(row, k), gradient_quad(row + 1u, k), gradient_quad(row + 2u, k), gradient_quad(row + 3u, k)),
  );
}

fn gradient_quad(row: u32, k: u32) -> vec4f {
  return output_gradient[row * shape.output_quads + k / 4u];
}

fn read_right(k: u32, quad: u32) -> mat4x4f {
  let stride = shape.output_quads;
  let at = quad * 4u * stride + k / 4u;
  return transpose(mat4x4f(weights[at], weights[at + stride], weights[at + 2u * stride], weights[at + 3u * stride]));
}

fn write_sums(row: u32, quad: u32, split: u32, sums: vec4f) {
  write_input_gradient(row * shape.input_quads + quad, sums);
}

@compute @workgroup_size(THREADS)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let inner = shape.output_quads * 4u;
  multiply(Product(shape.rows, shape.input_quads, inner, inner), workgroup.z, linear_workgroup(workgroup, workgroups), thread);
}
