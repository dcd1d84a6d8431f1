// Where the rows of [dW; db] go. The including kernel declares `weight_gradient`, `bias_gradient`, and `shape` with
// `inputs` and `input_quads` of a tap (a dense layer has one), `weight_rows` of all, `outputs` and `output_quads`.
#include "shared/quad.wgsl"

// Row `weight_rows` is db; padding rows and columns become 0.
fn write_gradient(row: u32, quad: u32, sums: vec4f) {
  let gradient = without_padding(sums, quad, shape.outputs);
  if (row == shape.weight_rows) {
    bias_gradient[quad] = gradient;
  } else {
    let is_weight = row % (shape.input_quads * 4u) < shape.inputs;
    weight_gradient[row * shape.output_quads + quad] = select(vec4f(), gradient, is_weight);
  }
}
