// A convolution's share of the gradient in its input: the adjoint of the convolution, of dZ, by phases of its stride; see
// input_gradient.wgsl for what becomes of it. Without ADJOINT that of a transposed convolution, which is a convolution.
#include "shared/input_gradient.wgsl"
#include "shared/convolution_product.wgsl"

struct Shape {
  channels: u32,
  channel_quads: u32,
}

// dZ [samples·height·width, out4] of this layer.
@group(0) @binding(0) var<storage, read> output_gradient: array<vec4f>;
// W [taps·in4, out4] of this layer; transposed: [taps·out4, in4].
@group(0) @binding(1) var<storage, read> weights: array<vec4f>;
// z of the layer that made the input, [samples·height·width, in4].
@group(0) @binding(2) var<storage, read> preactivation: array<vec4f>;
// dZ of that layer.
@group(0) @binding(3) var<storage, read_write> input_gradient: array<vec4f>;
@group(0) @binding(4) var<storage, read> control: Control;
@group(0) @binding(5) var<uniform> shape: Shape;
@group(0) @binding(6) var<uniform> dropout: Dropout;
@group(0) @binding(7) var<uniform> convolution: Convolution;

fn source_quad(at: u32) -> vec4f {
  return output_gradient[at];
}

fn source_number(at: u32) -> f32 {
  return output_gradient[at / 4u][at % 4u];
}

fn write_sums(row: u32, quad: u32, split: u32, sums: vec4f) {
  write_input_gradient_of(result_row(row), quad, sums);
}

@compute @workgroup_size(THREADS)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  const WHOLE = 0xffffffffu;
  convolve(workgroup.z, linear_workgroup(workgroup, workgroups), thread, WHOLE);
}
