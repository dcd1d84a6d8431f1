// How the gradient in a layer's input goes on: the shares of all layers that read the tensor are summed one after
// another, and the last one turns the sum into the gradient in the preactivation of the layer that made the tensor.
// The including kernel declares `preactivation`, `input_gradient`, `control`, `dropout`, and `shape` with `channels`
// and `channel_quads` of the tensor.
#include "shared/activation.wgsl"
#include "shared/control.wgsl"
#include "shared/dropout.wgsl"
#include "shared/quad.wgsl"

// 1: another reader of the tensor has left its share in `input_gradient`. ACTIVATION is linear, and `dropout` drops
// none, in all shares but the last.
override ACCUMULATE: u32 = 0u;

// `at` counts quads over the whole tensor; padding columns become 0.
fn write_input_gradient(at: u32, share: vec4f) {
  let row = at / shape.channel_quads;
  write_input_gradient_of(row, at - row * shape.channel_quads, share);
}

// Of a quad of a row.
fn write_input_gradient_of(row: u32, quad: u32, share: vec4f) {
  let at = row * shape.channel_quads + quad;
  var gradient = share;
  if (ACCUMULATE == 1u) {
    gradient += input_gradient[at];
  }
  let mask = dropout_mask(dropout, control.step, row, quad, shape.channels);
  input_gradient[at] = without_padding(gradient * activation_slope(preactivation[at]) * mask, quad, shape.channels);
}
