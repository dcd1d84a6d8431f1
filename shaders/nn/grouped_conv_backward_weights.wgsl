// Partial sums of dW and db of a convolution in groups, over a stretch of the output's positions each, for
// weight_gradient_finish. An invocation sums one quad of a row, or of the four rows that belong to a quad of inputs.
#include "shared/grouped_convolution.wgsl"

struct Shape {
  weight_rows: u32,
  output_quads: u32,
  positions: u32,
  positions_per_split: u32,
}

// x [samples·height·width, in4], or packed.
@group(0) @binding(0) var<storage, read> input: array<vec4f>;
// dZ [positions, out4].
@group(0) @binding(1) var<storage, read> output_gradient: array<vec4f>;
// [splits, taps·inputs per group + 1, out4]; the last row is db.
@group(0) @binding(2) var<storage, read_write> partial_sums: array<vec4f>;
@group(0) @binding(3) var<uniform> shape: Shape;
@group(0) @binding(4) var<uniform> convolution: Convolution;
@group(0) @binding(5) var<uniform> groups: Groups;

// Rows of an invocation.
fn block_rows() -> u32 {
  return select(1u, 4u, GROUP_FORM == WHOLE_QUADS);
}

// What the weights' rows from `channel` of their group on met at an input position, one row per column.
fn inputs_at(start: u32, channel: u32, quad: u32) -> mat4x4f {
  let channels = first_inputs(quad) + channel;
  var rows = mat4x4f();
  if (GROUP_FORM == DEPTHWISE) {
    rows[0] = input[start / 4u + quad];
  } else if (GROUP_FORM == WHOLE_QUADS) {
    let x = input[(start + channels.x) / 4u];
    rows = mat4x4f(vec4f(x.x), vec4f(x.y), vec4f(x.z), vec4f(x.w));
  } else {
    let at = channels + start;
    rows[0] = vec4f(input_number(at.x), input_number(at.y), input_number(at.z), input_number(at.w));
  }
  return rows;
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
  let quad = at % shape.output_quads;
  let row = at / shape.output_quads * block_rows();
  if (row > shape.weight_rows) {
    return;
  }
  let is_bias = row == shape.weight_rows;
  let tap = row / groups.inputs_per_group;
  let channel = row % groups.inputs_per_group;
  let tap_y = tap / convolution.kernel * convolution.dilation - convolution.before;
  let tap_x = tap % convolution.kernel * convolution.dilation - convolution.before;
  let first = workgroup.z * shape.positions_per_split;
  let end = min(first + shape.positions_per_split, shape.positions);
  var position = position_of(first, convolution.result_height, convolution.result_width);
  var sums = mat4x4f();
  for (var output = first; output < end; output++) {
    let gradient = output_gradient[output * shape.output_quads + quad];
    let y = position.y * convolution.stride + tap_y;
    let x = position.x * convolution.stride + tap_x;
    if (is_bias) {
      sums[0] += gradient;
    } else if (y < convolution.source_height && x < convolution.source_width) {
      let inputs = inputs_at(source_start(position.sample, y, x), channel, quad);
      sums[0] += inputs[0] * gradient;
      if (GROUP_FORM == WHOLE_QUADS) {
        sums[1] += inputs[1] * gradient;
        sums[2] += inputs[2] * gradient;
        sums[3] += inputs[3] * gradient;
      }
    }
    position = next_position(position);
  }
  let target_row = workgroup.z * (shape.weight_rows + 1u) + row;
  for (var i = 0u; i < block_rows() && row + i <= shape.weight_rows; i++) {
    partial_sums[(target_row + i) * shape.output_quads + quad] = sums[i];
  }
}

fn next_position(position: Position) -> Position {
  var next = position;
  next.x++;
  if (next.x == convolution.result_width) {
    next.x = 0u;
    next.y++;
  }
  if (next.y == convolution.result_height) {
    next.y = 0u;
    next.sample++;
  }
  return next;
}
