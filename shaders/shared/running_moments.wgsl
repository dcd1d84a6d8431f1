// Where the running state of one tracked output lies in its array of vec4s. The count and its value before the pass stand
// in elements of their own, because a write to one component may touch the whole vector.
const COUNT = 0u;
const PREVIOUS_COUNT = 1u;

// First sample of the window: subtracted from every activation on load.
fn pivot_at(quad: u32) -> u32 {
  return 2u + quad;
}

// Mean so far, relative to the pivot.
fn mean_at(quad: u32, quads: u32) -> u32 {
  return 2u + quads + quad;
}

// The mean before this pass, relative to the pivot.
fn previous_mean_at(quad: u32, quads: u32) -> u32 {
  return 2u + 2u * quads + quad;
}
