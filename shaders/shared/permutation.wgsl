// The order of the samples in an epoch, computed instead of stored. Twin: app/nn/reference/permutation.ts.
//
// A Feistel network of 2 × half_bits bits is a bijection whatever its round function is; walking its cycle until a
// number below `count` turns up makes it a bijection of [0, count) (Black & Rogaway, “Ciphers with arbitrary finite
// domains”, 2002). The domain is smaller than 4 × count, so fewer than four
// steps are to be expected.

const FEISTEL_ROUNDS = 6u;

// Integer hash with low bias: “lowbias32” of Chris Wellons' hash prospector.
fn permutation_hash(value: u32) -> u32 {
  var x = value;
  x = (x ^ (x >> 16u)) * 0x7feb352du;
  x = (x ^ (x >> 15u)) * 0x846ca68bu;
  return x ^ (x >> 16u);
}

fn feistel(value: u32, half_bits: u32, key: u32) -> u32 {
  let mask = (1u << half_bits) - 1u;
  var left = value >> half_bits;
  var right = value & mask;
  for (var round = 0u; round < FEISTEL_ROUNDS; round++) {
    let next = left ^ (permutation_hash((right * 0x9e3779b1u) ^ (key + round * 0x85ebca6bu)) & mask);
    left = right;
    right = next;
  }
  return (left << half_bits) | right;
}

// Row of the sample at `position` < count of epoch `epoch`; 4^half_bits ≥ count.
fn permuted_row(position: u32, count: u32, half_bits: u32, seed: u32, epoch: u32) -> u32 {
  let key = permutation_hash(seed ^ permutation_hash(epoch + 0x9e3779b9u));
  var value = feistel(position, half_bits, key);
  while (value >= count) {
    value = feistel(value, half_bits, key);
  }
  return value;
}
