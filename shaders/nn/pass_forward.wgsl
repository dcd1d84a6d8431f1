// An activation function by itself: its input is its own result.
#include "shared/index.wgsl"
#include "shared/layer_output.wgsl"

struct Shape {
  // Positions of all samples.
  rows: u32,
  outputs: u32,
  output_quads: u32,
}

// [rows, channels4] each.
@group(0) @binding(0) var<storage, read> input: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> preactivation: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> activation: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> own: array<vec4f>;
@group(0) @binding(4) var<storage, read> residual: array<vec4f>;
@group(0) @binding(5) var<storage, read> control: Control;
@group(0) @binding(6) var<uniform> shape: Shape;
@group(0) @binding(7) var<uniform> dropout: Dropout;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let at = linear_workgroup(workgroup, count) * 64u + thread;
  if (at < shape.rows * shape.output_quads) {
    write_outputs(at / shape.output_quads, at % shape.output_quads, input[at]);
  }
}
