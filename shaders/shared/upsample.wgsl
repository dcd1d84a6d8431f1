// Each position of an image [rows, height, width, 4·channel_quads] repeated factor × factor times.
struct UpsampleShape {
  // Samples.
  rows: u32,
  height: u32,
  width: u32,
  channels: u32,
  channel_quads: u32,
  factor: u32,
}
