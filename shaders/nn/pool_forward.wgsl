// Largest value or mean of each window of an image, channel by channel. One invocation per window and quad.
#include "shared/index.wgsl"
#include "shared/order.wgsl"
#include "shared/pool.wgsl"

@group(0) @binding(0) var<storage, read> input: array<vec4f>;
// [rows · output_height · output_width, channels4].
@group(0) @binding(1) var<storage, read_write> output: array<vec4f>;
@group(0) @binding(2) var<uniform> shape: PoolShape;

// `first` is where the window's first quad lies.
fn maximum_of_window(first: u32) -> vec4f {
  var best = vec4f();
  var best_key = vec4u();
  for (var row = 0u; row < shape.size; row++) {
    for (var column = 0u; column < shape.size; column++) {
      let value = input[first + (row * shape.width + column) * shape.channel_quads];
      let key = order_keys(value);
      let better = key > best_key;
      best = select(best, value, better);
      best_key = select(best_key, key, better);
    }
  }
  return best;
}

fn mean_of_window(first: u32) -> vec4f {
  var sum = vec4f();
  for (var row = 0u; row < shape.size; row++) {
    for (var column = 0u; column < shape.size; column++) {
      sum += input[first + (row * shape.width + column) * shape.channel_quads];
    }
  }
  return sum / f32(shape.size * shape.size);
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let at = linear_workgroup(workgroup, count) * 64u + thread;
  if (at >= shape.rows * shape.output_height * shape.output_width * shape.channel_quads) {
    return;
  }
  let window = at / shape.channel_quads;
  let column = window % shape.output_width * shape.stride;
  let row = window / shape.output_width % shape.output_height * shape.stride;
  let sample = window / (shape.output_width * shape.output_height);
  let first = ((sample * shape.height + row) * shape.width + column) * shape.channel_quads + at % shape.channel_quads;
  if (MAXIMUM == 1u) {
    output[at] = maximum_of_window(first);
  } else {
    output[at] = mean_of_window(first);
  }
}
