// z = conv(x, W) + b (+ residual), a = f(z) · dropout mask; with SPLIT, partial sums of conv(x, W) instead, for
// layer_output_finish. With ADJOINT the same for a transposed convolution, which is not split.
#include "shared/layer_output.wgsl"
#include "shared/convolution_product.wgsl"

// 1: `preactivation` is scratch [splits, rows, out4] and nothing else is written.
override SPLIT: u32 = 0u;

struct Shape {
  // Positions of all samples.
  rows: u32,
  outputs: u32,
  output_quads: u32,
  inner_per_split: u32,
}

// x [samples·height·width, in4], or packed.
@group(0) @binding(0) var<storage, read> input: array<vec4f>;
// W [taps·in4, out4]; without gaps between the taps where the input is packed. Transposed: [taps·out4, in4].
@group(0) @binding(1) var<storage, read> weights: array<vec4f>;
// b [out4].
@group(0) @binding(2) var<storage, read> bias: array<vec4f>;
// z [rows, out4].
@group(0) @binding(3) var<storage, read_write> preactivation: array<vec4f>;
// a, conv(x, W) + b where a residual is added, and the residual, [rows, out4] each.
@group(0) @binding(4) var<storage, read_write> activation: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> own: array<vec4f>;
@group(0) @binding(6) var<storage, read> residual: array<vec4f>;
@group(0) @binding(7) var<storage, read> control: Control;
@group(0) @binding(8) var<uniform> shape: Shape;
@group(0) @binding(9) var<uniform> dropout: Dropout;
@group(0) @binding(10) var<uniform> convolution: Convolution;

fn source_quad(at: u32) -> vec4f {
  return input[at];
}

fn source_number(at: u32) -> f32 {
  return input[at / 4u][at % 4u];
}

fn write_sums(row: u32, quad: u32, split: u32, sums: vec4f) {
  if (SPLIT == 1u) {
    preactivation[(split * shape.rows + row) * shape.output_quads + quad] = sums;
  } else {
    write_outputs(result_row(row), quad, sums + bias[quad]);
  }
}

@compute @workgroup_size(THREADS)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  convolve(workgroup.z, linear_workgroup(workgroup, workgroups), thread, shape.inner_per_split);
}
