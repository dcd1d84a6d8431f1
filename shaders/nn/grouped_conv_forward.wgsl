// z = conv(x, W) + b (+ residual), a = f(z) · dropout mask, for a convolution in groups.
#include "shared/layer_output.wgsl"
#include "shared/grouped_convolution.wgsl"

struct Shape {
  // Positions of all samples.
  rows: u32,
  outputs: u32,
  output_quads: u32,
}

// x [samples·height·width, in4], or packed.
@group(0) @binding(0) var<storage, read> input: array<vec4f>;
// W [taps·inputs per group, out4].
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
@group(0) @binding(11) var<uniform> groups: Groups;

// What one tap adds to four outputs; `start` is that of the input position.
fn tap_sums(tap: u32, start: u32, quad: u32) -> vec4f {
  let stride = shape.output_quads;
  let row = tap * groups.inputs_per_group * stride + quad;
  let channels = first_inputs(quad);
  var sums = vec4f();
  if (GROUP_FORM == DEPTHWISE) {
    sums = input[start / 4u + quad] * weights[row];
  } else if (GROUP_FORM == WHOLE_QUADS) {
    for (var channel = 0u; channel < groups.inputs_per_group; channel += 4u) {
      let x = input[(start + channels.x + channel) / 4u];
      let at = row + channel * stride;
      sums += x.x * weights[at] + x.y * weights[at + stride] + x.z * weights[at + 2u * stride] + x.w * weights[at + 3u * stride];
    }
  } else {
    for (var channel = 0u; channel < groups.inputs_per_group; channel++) {
      let at = channels + start + channel;
      let x = vec4f(input_number(at.x), input_number(at.y), input_number(at.z), input_number(at.w));
      sums += x * weights[row + channel * stride];
    }
  }
  return sums;
}

fn input_number(at: u32) -> f32 {
  return input[at / 4u][at % 4u];
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let at = linear_workgroup(workgroup, count) * 64u + thread;
  let row = at / shape.output_quads;
  let quad = at % shape.output_quads;
  if (row >= shape.rows) {
    return;
  }
  let position = position_of(row, convolution.result_height, convolution.result_width);
  // Above or left of the image these are far beyond it, as unsigned numbers.
  let top = position.y * convolution.stride - convolution.before;
  let left = position.x * convolution.stride - convolution.before;
  var sums = bias[quad];
  for (var tap = 0u; tap < convolution.kernel * convolution.kernel; tap++) {
    let y = top + tap / convolution.kernel * convolution.dilation;
    let x = left + tap % convolution.kernel * convolution.dilation;
    if (y < convolution.source_height && x < convolution.source_width) {
      sums += tap_sums(tap, source_start(position.sample, y, x), quad);
    }
  }
  write_outputs(row, quad, sums);
}
