// A convolution reads position p·stride + t·dilation − before of its source through tap t for position p of its result,
// along x as along y; outside of the source there are zeros. Tensors are [samples·height·width, channels4].
// Fields in app/nn/kernels/convolutionMap.ts.
struct Convolution {
  samples: u32,
  source_height: u32,
  source_width: u32,
  source_channels: u32,
  // Of a position; of a whole sample where the source is packed.
  source_quads: u32,
  result_height: u32,
  result_width: u32,
  result_quads: u32,
  kernel: u32,
  stride: u32,
  dilation: u32,
  before: u32,
  // Taps of one row of the kernel from one that meets a position of the adjoint's source to the next.
  tap_step: u32,
}

// 1: the source is the network's input, whose samples lie [height·width·channels] without gaps, each padded at its end.
// Inner indices then count single channels: tap · channels + channel.
override PACKED_INPUT: u32 = 0u;
