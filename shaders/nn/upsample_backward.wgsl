// An upsampling's share of the gradient in its input: the sum over the positions that repeat one, row by row.
#include "shared/index.wgsl"
#include "shared/input_gradient.wgsl"
#include "shared/upsample.wgsl"

// [rows · height·factor · width·factor, channels4].
@group(0) @binding(0) var<storage, read> output_gradient: array<vec4f>;
// [rows · height · width, channels4], as the gradient.
@group(0) @binding(1) var<storage, read> preactivation: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> input_gradient: array<vec4f>;
@group(0) @binding(3) var<storage, read> control: Control;
@group(0) @binding(4) var<uniform> shape: UpsampleShape;
@group(0) @binding(5) var<uniform> dropout: Dropout;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let at = linear_workgroup(workgroup, count) * 64u + thread;
  if (at >= shape.rows * shape.height * shape.width * shape.channel_quads) {
    return;
  }
  let position = at / shape.channel_quads;
  let output_width = shape.width * shape.factor;
  let column = position % shape.width * shape.factor;
  // Of all samples below each other: a sample's rows are a multiple of the factor.
  let row = position / shape.width * shape.factor;
  var share = vec4f();
  for (var down = 0u; down < shape.factor; down++) {
    for (var right = 0u; right < shape.factor; right++) {
      let repeated = (row + down) * output_width + column + right;
      share += output_gradient[repeated * shape.channel_quads + at % shape.channel_quads];
    }
  }
  write_input_gradient(at, share);
}
