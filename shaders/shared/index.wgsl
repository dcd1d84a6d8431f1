// Number of this workgroup where `foldWorkgroups` (app/gpu/plan.ts) spread a one-dimensional count over two dimensions.
fn linear_workgroup(workgroup: vec3u, count: vec3u) -> u32 {
  return workgroup.x + workgroup.y * count.x;
}
