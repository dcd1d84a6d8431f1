// MurmurHash3 (x86, 32 bit) of 32-bit words, four messages side by side: absorb each word, then finish with the number
// of bytes absorbed. The state to begin with is the seed. Twin: app/nn/reference/hash.ts.
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
