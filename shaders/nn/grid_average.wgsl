// Mean over each cell of a grid laid over an image, channel by channel. Cells share a position where the grid does not
// divide the image. One invocation per cell and quad.
#include "shared/index.wgsl"

struct Shape {
  // Samples.
  rows: u32,
  height: u32,
  width: u32,
  grid_height: u32,
  grid_width: u32,
  channel_quads: u32,
}

// [rows · height · width, channels4].
@group(0) @binding(0) var<storage, read> input: array<vec4f>;
// [rows · grid_height · grid_width, channels4].
@group(0) @binding(1) var<storage, read_write> output: array<vec4f>;
@group(0) @binding(2) var<uniform> shape: Shape;

// First position of a cell along an axis; that of the next one, rounded up, is where it ends.
fn cell_start(cell: u32, extent: u32, cells: u32) -> u32 {
  return cell * extent / cells;
}

fn cell_end(cell: u32, extent: u32, cells: u32) -> u32 {
  return ((cell + 1u) * extent + cells - 1u) / cells;
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let at = linear_workgroup(workgroup, count) * 64u + thread;
  if (at >= shape.rows * shape.grid_height * shape.grid_width * shape.channel_quads) {
    return;
  }
  let cell = at / shape.channel_quads;
  let column = cell % shape.grid_width;
  let row = cell / shape.grid_width % shape.grid_height;
  let sample = cell / (shape.grid_width * shape.grid_height);
  let left = cell_start(column, shape.width, shape.grid_width);
  let right = cell_end(column, shape.width, shape.grid_width);
  let top = cell_start(row, shape.height, shape.grid_height);
  let bottom = cell_end(row, shape.height, shape.grid_height);
  var sum = vec4f();
  for (var y = top; y < bottom; y++) {
    for (var x = left; x < right; x++) {
      sum += input[((sample * shape.height + y) * shape.width + x) * shape.channel_quads + at % shape.channel_quads];
    }
  }
  output[at] = sum / f32((bottom - top) * (right - left));
}
