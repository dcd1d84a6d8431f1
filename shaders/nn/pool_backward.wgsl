// A pool's share of the gradient in its input, gathered: each position takes its part from the windows that cover it, in
// their order. A window's gradient goes to the first of its largest values, or in equal parts to all its positions.
// One invocation per quad of a position; or, where windows are apart, of a block of stride × stride positions, in whose
// corner the window lies: it reads the window once and finds every position's part in it.
#include "shared/index.wgsl"
#include "shared/input_gradient.wgsl"
#include "shared/order.wgsl"
#include "shared/pool.wgsl"

// 1: stride ≥ size, no position lies in two windows.
override APART: u32;

@group(0) @binding(0) var<storage, read> input: array<vec4f>;
// What pool_forward made of it.
@group(0) @binding(1) var<storage, read> output: array<vec4f>;
@group(0) @binding(2) var<storage, read> output_gradient: array<vec4f>;
@group(0) @binding(3) var<storage, read> preactivation: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> input_gradient: array<vec4f>;
@group(0) @binding(5) var<storage, read> control: Control;
@group(0) @binding(6) var<uniform> shape: PoolShape;
@group(0) @binding(7) var<uniform> dropout: Dropout;

struct Place {
  sample: u32,
  row: u32,
  column: u32,
  quad: u32,
}

// Along one direction: the windows first ≤ window < end cover a position.
struct Cover {
  first: u32,
  end: u32,
}

fn cover(position: u32, windows: u32) -> Cover {
  let past = position + shape.stride;
  let first = select(0u, (past - shape.size) / shape.stride, past >= shape.size);
  return Cover(first, min(position / shape.stride + 1u, windows));
}

fn input_at(place: Place, row: u32, column: u32) -> u32 {
  return ((place.sample * shape.height + row) * shape.width + column) * shape.channel_quads + place.quad;
}

// Whether the value here is a window's largest and none before it in the window is. Most values are not the largest, and
// among equal ones the search ends at the first, so that few positions look at more than the window's result.
fn is_first_maximum(place: Place, key: vec4u, window: u32, first_row: u32, first_column: u32) -> vec4<bool> {
  var holds = key == order_keys(output[window]);
  for (var row = first_row; row <= place.row; row++) {
    let end = select(first_column + shape.size, place.column, row == place.row);
    for (var column = first_column; column < end; column++) {
      if (!any(holds)) {
        return holds;
      }
      holds = holds & (order_keys(input[input_at(place, row, column)]) != key);
    }
  }
  return holds;
}

fn gather_shares(at: u32) {
  if (at >= shape.rows * shape.height * shape.width * shape.channel_quads) {
    return;
  }
  let position = at / shape.channel_quads;
  let line = position / shape.width;
  let sample = line / shape.height;
  let place = Place(sample, line - sample * shape.height, position - line * shape.width, at % shape.channel_quads);
  let rows = cover(place.row, shape.output_height);
  let columns = cover(place.column, shape.output_width);
  var key = vec4u();
  if (MAXIMUM == 1u) {
    key = order_keys(input[at]);
  }
  var share = vec4f();
  for (var row = rows.first; row < rows.end; row++) {
    for (var column = columns.first; column < columns.end; column++) {
      let window_row = (place.sample * shape.output_height + row) * shape.output_width;
      let window = (window_row + column) * shape.channel_quads + place.quad;
      if (MAXIMUM == 1u) {
        let taken = is_first_maximum(place, key, window, row * shape.stride, column * shape.stride);
        share += select(vec4f(), output_gradient[window], taken);
      } else {
        share += output_gradient[window];
      }
    }
  }
  if (MAXIMUM == 0u) {
    share /= f32(shape.size * shape.size);
  }
  write_input_gradient(at, share);
}

// The last blocks may reach out of the image, and those that hold no whole window pass nothing on.
fn scatter_shares(at: u32) {
  let block = at / shape.channel_quads;
  let blocks_per_line = (shape.width + shape.stride - 1u) / shape.stride;
  let lines_per_sample = (shape.height + shape.stride - 1u) / shape.stride;
  let line = block / blocks_per_line;
  let sample = line / lines_per_sample;
  if (sample >= shape.rows) {
    return;
  }
  let row = line - sample * lines_per_sample;
  let column = block - line * blocks_per_line;
  let place = Place(sample, row * shape.stride, column * shape.stride, at - block * shape.channel_quads);
  let is_window = row < shape.output_height && column < shape.output_width;
  var gradient = vec4f();
  var largest = vec4u();
  if (is_window) {
    let window = ((sample * shape.output_height + row) * shape.output_width + column) * shape.channel_quads + place.quad;
    gradient = output_gradient[window];
    if (MAXIMUM == 1u) {
      largest = order_keys(output[window]);
    } else {
      gradient /= f32(shape.size * shape.size);
    }
  }
  var found = vec4<bool>();
  let rows = min(shape.stride, shape.height - place.row);
  let columns = min(shape.stride, shape.width - place.column);
  for (var y = 0u; y < rows; y++) {
    for (var x = 0u; x < columns; x++) {
      let position = (sample * shape.height + place.row + y) * shape.width + place.column + x;
      var taken = vec4<bool>(y < shape.size && x < shape.size);
      if (MAXIMUM == 1u) {
        taken = taken & !found & (order_keys(input[position * shape.channel_quads + place.quad]) == largest);
        found = found | taken;
      }
      write_input_gradient_of(position, place.quad, select(vec4f(), gradient, taken));
    }
  }
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let at = linear_workgroup(workgroup, count) * 64u + thread;
  if (APART == 1u) {
    scatter_shares(at);
  } else {
    gather_shares(at);
  }
}
