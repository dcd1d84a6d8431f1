// What happens to the finished sums of a dense layer: bias, activation function, dropout. The including kernel
// declares `bias`, `preactivation`, `activation`, `control`, `shape` and `dropout`.
#include "shared/activation.wgsl"
#include "shared/control.wgsl"
#include "shared/dropout.wgsl"
#include "shared/quad.wgsl"

// 0 for a layer whose activations nobody reads beside its preactivations: the output layer.
override STORE_ACTIVATION: u32 = 1u;

// Writes z = sums + b and a = f(z) · mask for one quad; padding columns become 0 in both (f(0) need not be).
fn write_outputs(row: u32, quad: u32, sums: vec4f) {
  let at = row * shape.output_quads + quad;
  let z = sums + bias[quad];
  preactivation[at] = without_padding(z, quad, shape.outputs);
  if (STORE_ACTIVATION == 1u) {
    let mask = dropout_mask(dropout, control.step, row, quad, shape.outputs);
    activation[at] = without_padding(activate(z) * mask, quad, shape.outputs);
  }
}
