// Chunks of rows of tensors [rows, 4·channel_quads]; fields in app/nn/kernels/columnChunks.ts.
struct ColumnChunks {
  rows: u32,
  // The last chunk may have fewer.
  chunk_rows: u32,
  chunks: u32,
  channels: u32,
  channel_quads: u32,
}
