// Sums along the rows of tensors [rows, 4·quads]: LANES invocations share a row, each taking every LANES-th quad of it; a
// workgroup of 64 has 64 / LANES rows.
const ROW_WORKGROUP = 64u;
// A power of two ≤ 64; 1 needs no barriers.
override LANES: u32;

var<workgroup> row_scratch: array<vec2f, ROW_WORKGROUP>;

fn row_of(workgroup: u32, local: u32) -> u32 {
  return workgroup * (ROW_WORKGROUP / LANES) + local / LANES;
}

// Sum of `value` over the lanes of this invocation's row, known to all of them.
fn sum_over_row(local: u32, value: vec2f) -> vec2f {
  if (LANES == 1u) {
    return value;
  }
  let lane = local % LANES;
  row_scratch[local] = value;
  for (var stride = LANES / 2u; stride > 0u; stride >>= 1u) {
    workgroupBarrier();
    if (lane < stride) {
      row_scratch[local] += row_scratch[local + stride];
    }
  }
  workgroupBarrier();
  let total = row_scratch[local - lane];
  workgroupBarrier();
  return total;
}
