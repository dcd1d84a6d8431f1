// Twin: app/nn/reference/dropout.ts, equal in every bit of the hash.
#include "shared/hash.wgsl"

struct Dropout {
  // Hashes below it drop their element; 0 drops none.
  threshold: u32,
  // 1 / (1 − rate).
  scale: f32,
  seed: u32,
  layer: u32,
  // Rows that share their mask: 1, or the positions of an image whose channels are dropped whole.
  rows_per_mask: u32,
}

// The mask, 0 or `scale`, of elements (row / rows_per_mask) · width + 4 · quad …, at a step.
fn dropout_mask(dropout: Dropout, step: u32, row: u32, quad: u32, width: u32) -> vec4f {
  if (dropout.threshold == 0u) {
    return vec4f(1.0);
  }
  let state = hash_absorb(hash_absorb(vec4u(dropout.seed), vec4u(dropout.layer)), vec4u(step));
  let elements = vec4u(row / dropout.rows_per_mask * width + quad * 4u) + vec4u(0u, 1u, 2u, 3u);
  let hashes = hash_finish(hash_absorb(state, elements), 12u);
  return select(vec4f(), vec4f(dropout.scale), hashes >= vec4u(dropout.threshold));
}
