// Sums over the rows of tensors [rows, 4·quads]. An item is one quad of a chunk of rows, a whole sample's for instance;
// items are numbered quad by quad. A workgroup has SLOTS items (x), whose quads lie side by side in memory, and LANES
// invocations for each (y), which take every LANES-th row and whose sums meet in a fixed order.
override SLOTS: u32;
// A power of two; 1 needs no barriers.
override LANES: u32;

// Chosen in app/nn/kernels/columnLanes.ts.
fn item_of(workgroup: u32, slot: u32) -> u32 {
  return workgroup * SLOTS + slot;
}
