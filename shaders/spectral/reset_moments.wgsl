// Sets the running state of all tracked outputs to “no samples yet”.

struct Params {
  length: u32,
}

@group(0) @binding(0) var<storage, read_write> moments: array<vec4f>;
@group(0) @binding(1) var<uniform> params: Params;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < params.length) {
    moments[id.x] = vec4f(0.0);
  }
}
