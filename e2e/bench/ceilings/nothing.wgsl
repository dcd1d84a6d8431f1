// Does next to nothing, so that only the dispatch costs; each waits for the one before, as a step's dispatches do.
@group(0) @binding(0) var<storage, read_write> result: array<u32>;

@compute @workgroup_size(1)
fn main() {
  result[0] += 1u;
}
