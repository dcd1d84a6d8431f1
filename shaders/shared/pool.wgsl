// Windows of size × size positions, `stride` apart, over images [rows, height, width, 4·channel_quads].

// 1: the largest value of a window; 0: the mean.
override MAXIMUM: u32;

struct PoolShape {
  // Samples.
  rows: u32,
  height: u32,
  width: u32,
  output_height: u32,
  output_width: u32,
  channels: u32,
  channel_quads: u32,
  size: u32,
  stride: u32,
}
