// One pass over rows of an activation matrix [rows, 4·quads], in chunks.
struct Params {
  first_row: u32,
  end_row: u32,
  // Rows of a chunk; the last one may be shorter.
  chunk_rows: u32,
  quads: u32,
  // Features without padding.
  width: u32,
}
