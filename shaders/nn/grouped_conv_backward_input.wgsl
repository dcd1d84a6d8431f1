// The share of a convolution in groups of the gradient in its input; see input_gradient.wgsl for what becomes of it.
#include "shared/input_gradient.wgsl"
#include "shared/grouped_convolution.wgsl"

struct Shape {
  // Positions of the input, over all samples.
  rows: u32,
  channels: u32,
  channel_quads: u32,
  output_quads: u32,
}

// dZ [samples·height·width, out4] of this layer.
@group(0) @binding(0) var<storage, read> output_gradient: array<vec4f>;
// W [taps·inputs per group, out4] of this layer.
@group(0) @binding(1) var<storage, read> weights: array<vec4f>;
// z of the layer that made the input, [rows, in4].
@group(0) @binding(2) var<storage, read> preactivation: array<vec4f>;
// dZ of that layer.
@group(0) @binding(3) var<storage, read_write> input_gradient: array<vec4f>;
@group(0) @binding(4) var<storage, read> control: Control;
@group(0) @binding(5) var<uniform> shape: Shape;
@group(0) @binding(6) var<uniform> dropout: Dropout;
@group(0) @binding(7) var<uniform> convolution: Convolution;
@group(0) @binding(8) var<uniform> groups: Groups;

// What one tap brings back to four inputs from an output position.
fn tap_sums(tap: u32, output_row: u32, quad: u32) -> vec4f {
  let stride = shape.output_quads;
  let weight_row = tap * groups.inputs_per_group;
  let gradients = output_row * stride;
  var sums = vec4f();
  if (GROUP_FORM == DEPTHWISE) {
    sums = output_gradient[gradients + quad] * weights[weight_row * stride + quad];
  } else if (GROUP_FORM == WHOLE_QUADS) {
    let group = quad * 4u / groups.inputs_per_group;
    let first = group * groups.outputs_per_group / 4u;
    let row = (weight_row + quad * 4u % groups.inputs_per_group) * stride;
    for (var output = first; output < first + groups.outputs_per_group / 4u; output++) {
      let gradient = output_gradient[gradients + output];
      let at = row + output;
      sums += vec4f(
        dot(gradient, weights[at]),
        dot(gradient, weights[at + stride]),
        dot(gradient, weights[at + 2u * stride]),
        dot(gradient, weights[at + 3u * stride]),
      );
    }
  } else {
    for (var lane = 0u; lane < 4u; lane++) {
      sums[lane] = channel_sum(weight_row, output_row, quad * 4u + lane);
    }
  }
  return sums;
}

fn channel_sum(weight_row: u32, output_row: u32, channel: u32) -> f32 {
  let first = channel / groups.inputs_per_group * groups.outputs_per_group;
  let row = weight_row + channel % groups.inputs_per_group;
  var sum = 0.0;
  for (var output = first; output < first + groups.outputs_per_group; output++) {
    let gradient = output_gradient[output_row * shape.output_quads + output / 4u][output % 4u];
    sum += gradient * weights[row * shape.output_quads + output / 4u][output % 4u];
  }
  return sum;
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let at = linear_workgroup(workgroup, count) * 64u + thread;
  let row = at / shape.channel_quads;
  let quad = at % shape.channel_quads;
  if (row >= shape.rows) {
    return;
  }
  let position = position_of(row, convolution.source_height, convolution.source_width);
  var sums = vec4f();
  for (var tap = 0u; tap < convolution.kernel * convolution.kernel; tap++) {
    // Left of the image these are far beyond it, as unsigned numbers.
    let y = position.y + convolution.before - tap / convolution.kernel * convolution.dilation;
    let x = position.x + convolution.before - tap % convolution.kernel * convolution.dilation;
    let output_y = y / convolution.stride;
    let output_x = x / convolution.stride;
    let met = output_y * convolution.stride == y && output_x * convolution.stride == x;
    if (met && output_y < convolution.result_height && output_x < convolution.result_width) {
      let line = position.sample * convolution.result_height + output_y;
      sums += tap_sums(tap, line * convolution.result_width + output_x, quad);
    }
  }
  write_input_gradient(at, sums);
}
