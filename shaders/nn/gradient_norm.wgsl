// Adds the derivative of the penalties l1·Σ|w| + l2·½Σw² to the gradient of the weights, then sums the squares of all
// gradients: the penalties are part of the loss, so they are part of the norm.
#include "shared/gradient_partial.wgsl"
#include "shared/nonfinite.wgsl"

// Invocations of a workgroup; a power of two. Few where barriers cost more than what they save: software adapters.
override LANES: u32;

struct Penalty {
  // Vec4 of the flat buffers, and how many of them, from the start, hold weights (the rest are biases).
  words: u32,
  weight_words: u32,
  l1: f32,
  l2: f32,
}

@group(0) @binding(0) var<uniform> penalty: Penalty;
@group(0) @binding(1) var<storage, read> parameters: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> gradients: array<vec4f>;
// One per workgroup.
@group(0) @binding(3) var<storage, read_write> gradient_partials: array<GradientPartial>;

var<workgroup> scratch: array<GradientPartial, LANES>;

fn penalised_gradient(word: u32) -> vec4f {
  let gradient = gradients[word];
  if ((penalty.l1 == 0.0 && penalty.l2 == 0.0) || word >= penalty.weight_words) {
    return gradient;
  }
  let weights = parameters[word];
  let penalised = gradient + penalty.l1 * sign(weights) + penalty.l2 * weights;
  gradients[word] = penalised;
  return penalised;
}

@compute @workgroup_size(LANES)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  var squares = vec4f();
  var exponents = vec4u();
  for (var word = workgroup.x * LANES + local; word < penalty.words; word += workgroups.x * LANES) {
    let g = penalised_gradient(word);
    squares += g * g;
    exponents = max(exponents, exponent_bits(g));
  }
  scratch[local] = GradientPartial(dot(squares, vec4f(1.0)), u32(any_nonfinite(exponents)));
  for (var stride = LANES / 2u; stride > 0u; stride >>= 1u) {
    workgroupBarrier();
    if (local < stride) {
      scratch[local] = add_gradient_partials(scratch[local], scratch[local + stride]);
    }
  }
  if (local == 0u) {
    gradient_partials[workgroup.x] = scratch[0];
  }
}
