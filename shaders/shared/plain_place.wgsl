// For `shared/matrix_product.wgsl` where all that has to be known of a quad of the left operand is its number.
alias LeftPlace = u32;

fn left_place(quad: u32) -> LeftPlace {
  return quad;
}
