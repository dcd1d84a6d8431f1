// Convolutions whose input and output channels are cut into groups that know nothing of each other: too thin for a matrix
// product, so each invocation sums what belongs to one quad. The including kernel declares `convolution`, whose source is
// the layer's input and whose result its output, and `groups`.
#include "shared/convolution.wgsl"
#include "shared/index.wgsl"

struct Groups {
  inputs_per_group: u32,
  outputs_per_group: u32,
}

// What a quad holds. Weights are [taps·inputs_per_group, out4].
override GROUP_FORM: u32 = 0u;
// Any channels, of several groups perhaps: numbers are read one by one.
const SINGLE_CHANNELS = 0u;
// A group of each channel: quads of input, output and weights meet number by number.
const DEPTHWISE = 1u;
// Channels of one group only, in input and output.
const WHOLE_QUADS = 2u;

// A position of an image of a batch.
struct Position {
  sample: u32,
  y: u32,
  x: u32,
}

// Number `row` of all positions of images of this size.
fn position_of(row: u32, height: u32, width: u32) -> Position {
  let line = row / width;
  let sample = line / height;
  return Position(sample, line - sample * height, row - line * width);
}

// Where a position of the input begins, counted in single numbers.
fn source_start(sample: u32, y: u32, x: u32) -> u32 {
  if (PACKED_INPUT == 1u) {
    return sample * convolution.source_quads * 4u + (y * convolution.source_width + x) * convolution.source_channels;
  }
  return ((sample * convolution.source_height + y) * convolution.source_width + x) * convolution.source_quads * 4u;
}

// The first input channels that four neighbouring output channels read.
fn first_inputs(output_quad: u32) -> vec4u {
  let outputs = vec4u(output_quad * 4u) + vec4u(0u, 1u, 2u, 3u);
  return outputs / groups.outputs_per_group * groups.inputs_per_group;
}
