// A quad is four neighbouring numbers of a row; the last quad of a row may reach into its padding.

// `values` with 0 in place of columns ≥ width: padding is 0 whatever was computed for it.
fn without_padding(values: vec4f, quad: u32, width: u32) -> vec4f {
  let columns = vec4u(quad * 4u) + vec4u(0u, 1u, 2u, 3u);
  return select(vec4f(), values, columns < vec4u(width));
}
