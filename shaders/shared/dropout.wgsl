// Twin: app/nn/reference/dropout.ts, equal in every bit of the hash.
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

// MurmurHash3 (x86, 32 bit) of 32-bit words, four messages side by side.
fn hash_absorb(state: vec4u, word: vec4u) -> vec4u {
  let scrambled = rotate_left(word * 0xcc9e2d51u, 15u) * 0x1b873593u;
  return rotate_left(state ^ scrambled, 13u) * 5u + 0xe6546b64u;
}

fn hash_finish(state: vec4u, bytes: u32) -> vec4u {
  var hash = state ^ vec4u(bytes);
  hash = (hash ^ (hash >> vec4u(16u))) * 0x85ebca6bu;
  hash = (hash ^ (hash >> vec4u(13u))) * 0xc2b2ae35u;
  return hash ^ (hash >> vec4u(16u));
}

fn rotate_left(word: vec4u, bits: u32) -> vec4u {
  return (word << vec4u(bits)) | (word >> vec4u(32u - bits));
}
