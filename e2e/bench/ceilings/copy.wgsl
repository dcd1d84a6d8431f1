// Reads one buffer and writes another, vec4 by vec4.
@group(0) @binding(0) var<storage, read_write> destination: array<vec4f>;
@group(0) @binding(1) var<storage, read> source: array<vec4f>;

@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) count: vec3u, @builtin(local_invocation_index) local: u32) {
  let index = (workgroup.y * count.x + workgroup.x) * 256u + local;
  if (index < arrayLength(&source)) {
    destination[index] = source[index];
  }
}
