// Where the rows of [dW; db] go. The including kernel declares `weight_gradient`, `bias_gradient` and `shape`.
#include "shared/quad.wgsl"

// Row in4 is db; padding rows and columns become 0.
fn write_gradient(row: u32, quad: u32, sums: vec4f) {
  let gradient = without_padding(sums, quad, shape.outputs);
  if (row == shape.input_quads * 4u) {
    bias_gradient[quad] = gradient;
  } else {
    weight_gradient[row * shape.output_quads + quad] = select(vec4f(), gradient, row < shape.inputs);
  }
}
