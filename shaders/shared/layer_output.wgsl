// What becomes of a layer's own result: residual sum, activation function, dropout. A tensor is [rows, channels4] and
// a row one sample, or one position of it where samples are images. The including kernel declares `own`, `residual`,
// `preactivation`, `activation`, `control`, `dropout`, and `shape` with `outputs` and `output_quads`.
#include "shared/activation.wgsl"
#include "shared/control.wgsl"
#include "shared/dropout.wgsl"
#include "shared/quad.wgsl"

// 0 where the activation is the preactivation: no function and no dropout, as for the output layer.
override STORE_ACTIVATION: u32 = 1u;
// 1: another tensor is added to the layer's own result, which is kept in `own` for the spectra.
override ADD_RESIDUAL: u32 = 0u;

// Writes z = result (+ residual) and a = f(z) · mask for one quad; padding columns become 0 in both (f(0) need not be).
fn write_outputs(row: u32, quad: u32, result: vec4f) {
  let at = row * shape.output_quads + quad;
  var z = without_padding(result, quad, shape.outputs);
  if (ADD_RESIDUAL == 1u) {
    own[at] = z;
    z += residual[at];
  }
  preactivation[at] = z;
  if (STORE_ACTIVATION == 1u) {
    let mask = dropout_mask(dropout, control.step, row, quad, shape.outputs);
    activation[at] = without_padding(activate(z) * mask, quad, shape.outputs);
  }
}
