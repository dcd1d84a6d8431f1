// As many multiply-adds as the adapter can do: 16 independent chains of vec4 in registers, no memory.
@group(0) @binding(0) var<storage, read_write> result: array<vec4f>;

override ROUNDS: u32;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  // Unknown to the compiler, and such that nothing overflows or becomes denormal.
  let factor = vec4f(0.999) + vec4f(f32(id.x)) * 1e-9;
  let term = vec4f(0.001);
  var chains: array<vec4f, 16>;
  for (var chain = 0u; chain < 16u; chain++) {
    chains[chain] = vec4f(f32(chain));
  }
  for (var round = 0u; round < ROUNDS; round++) {
    chains[0] = chains[0] * factor + term;
    chains[1] = chains[1] * factor + term;
    chains[2] = chains[2] * factor + term;
    chains[3] = chains[3] * factor + term;
    chains[4] = chains[4] * factor + term;
    chains[5] = chains[5] * factor + term;
    chains[6] = chains[6] * factor + term;
    chains[7] = chains[7] * factor + term;
    chains[8] = chains[8] * factor + term;
    chains[9] = chains[9] * factor + term;
    chains[10] = chains[10] * factor + term;
    chains[11] = chains[11] * factor + term;
    chains[12] = chains[12] * factor + term;
    chains[13] = chains[13] * factor + term;
    chains[14] = chains[14] * factor + term;
    chains[15] = chains[15] * factor + term;
  }
  var sum = vec4f(0.0);
  for (var chain = 0u; chain < 16u; chain++) {
    sum += chains[chain];
  }
  result[id.x % arrayLength(&result)] = sum;
}
