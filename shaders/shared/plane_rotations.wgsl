// Packed triangles, round-robin pairs and Rutishauser's rotations, as the Jacobi solvers use them.

// The lower triangle lies row by row without gaps.
fn row_start(row: u32) -> u32 {
  return (row * (row + 1u)) / 2u;
}

fn element(i: u32, j: u32) -> u32 {
  return row_start(max(i, j)) + min(i, j);
}

// The pair of a slot in a round; slot 0 holds the index outside the circle.
fn pair_at(slot: u32, round: u32, circle: u32) -> vec2u {
  if (slot == 0u) {
    return vec2u(circle, round);
  }
  var i = round + slot;
  if (i >= circle) {
    i -= circle;
  }
  var j = round + circle - slot;
  if (j >= circle) {
    j -= circle;
  }
  return vec2u(i, j);
}

// (x, y) turned by a rotation (s, τ).
fn turn(x: f32, y: f32, rotation: vec2f) -> vec2f {
  return vec2f(x - rotation.x * (y + rotation.y * x), y + rotation.x * (x - rotation.y * y));
}

// The rotation that makes the off-diagonal element `coupling` of a 2 × 2 block 0: (s, τ, t) with s = sin, t = tan and
// τ = s/(1 + cos). t·coupling goes from the first diagonal element to the second. `coupling` must not underflow squared.
fn annihilating_rotation(first: f32, second: f32, coupling: f32) -> vec3f {
  let doubled = 2.0 * coupling;
  let difference = second - first;
  let radius = sqrt(difference * difference + doubled * doubled);
  let tangent = doubled / (difference + select(-radius, radius, difference >= 0.0));
  let squared = 1.0 + tangent * tangent;
  let rough = inverseSqrt(squared);
  // One Newton step: adapters give inverseSqrt to 2 ulp.
  let cosine = rough * (1.5 - 0.5 * squared * rough * rough);
  let sine = tangent * cosine;
  return vec3f(sine, sine / (1.0 + cosine), tangent);
}
