// A convolution, or its adjoint, as a matrix product: rows are positions of the result, columns its channels, and the
// inner index counts taps and channels of the source. The including kernel declares `convolution`, `weights`
// [taps·source4, result4], and
//   fn source_quad(at: u32) -> vec4f    of the source
//   fn source_number(at: u32) -> f32    of the source; apart, since a number picked from a quad costs the whole quad
#include "shared/convolution.wgsl"
#include "shared/division.wgsl"
#include "shared/matrix_product.wgsl"

// 1: the adjoint of the convolution that leads from this result to this source, with that one's weights
// [taps·result4, source4]. Positions of the result that are `stride` apart meet the same taps: each of the stride² phases
// is a product of its own with its share of the taps, so that none is multiplied in vain.
override ADJOINT: u32 = 0u;

// One direction of the image.
struct Axis {
  // Rows of the product are every spacing-th position of the result, from `phase` on: so many.
  phase: u32,
  size: u32,
  // Tap t of the product is tap first_tap + t·tap_step of the kernel.
  first_tap: u32,
  taps: u32,
  // Source position that tap 0 reads for row 0.
  origin: i32,
}

struct ConvolutionProduct {
  y: Axis,
  x: Axis,
  by_taps: Divisor,
  by_channels: Divisor,
}

// Of each row of a quad: what tap 0 reads, as a position of the source and as the number of its first element (a quad, or
// a single number where the source is packed).
struct LeftPlace {
  y: vec4i,
  x: vec4i,
  start: vec4i,
}

var<private> parts: ConvolutionProduct;

const LEFT_ALONG_INNER = true;
override RIGHT_ALONG_INNER: bool = ADJOINT == 1u;

fn axis(phase: u32, size: u32) -> Axis {
  if (ADJOINT == 0u) {
    return Axis(0u, size, 0u, convolution.kernel, -i32(convolution.before));
  }
  let stride = convolution.stride;
  let reached = phase + convolution.before;
  // A multiple of the stride that keeps what follows from going below 0.
  let lift = convolution.kernel * convolution.dilation * stride;
  var first_tap = 0u;
  while (first_tap < convolution.kernel && (lift + reached - first_tap * convolution.dilation) % stride != 0u) {
    first_tap++;
  }
  let taps = (convolution.kernel - first_tap + convolution.tap_step - 1u) / convolution.tap_step;
  let origin = (i32(reached) - i32(first_tap * convolution.dilation)) / i32(stride);
  return Axis(phase, (size + stride - 1u - phase) / stride, first_tap, taps, origin);
}

fn convolution_product(phase: u32) -> ConvolutionProduct {
  let y = axis(phase / convolution.stride, convolution.result_height);
  let x = axis(phase % convolution.stride, convolution.result_width);
  let channels = select(convolution.source_quads, convolution.source_channels, PACKED_INPUT == 1u);
  return ConvolutionProduct(y, x, divisor(x.taps), divisor(channels));
}

// Computes phase or split number `part`.
fn convolve(part: u32, number: u32, thread: u32, inner_per_split: u32) {
  let wanted = convolution_product(select(0u, part, ADJOINT == 1u));
  parts = wanted;
  let rows = convolution.samples * wanted.y.size * wanted.x.size;
  let taps = wanted.y.taps * wanted.x.taps;
  var inner = taps * convolution.source_quads * 4u;
  if (PACKED_INPUT == 1u) {
    inner = (taps * convolution.source_channels + 3u) / 4u * 4u;
  }
  let split = select(part, 0u, ADJOINT == 1u);
  multiply(Product(rows, convolution.result_quads, inner, inner_per_split), split, number, thread);
}

// Positions of the result from one row of the product to the next.
fn spacing() -> u32 {
  return select(1u, convolution.stride, ADJOINT == 1u);
}

// Positions of the source from one row of the product to the next.
fn advance() -> i32 {
  return select(i32(convolution.stride), 1, ADJOINT == 1u);
}

// Positions of the source from one tap of the product to the next.
fn reach() -> i32 {
  let dilation = i32(convolution.dilation);
  return select(dilation, -dilation * i32(convolution.tap_step) / i32(convolution.stride), ADJOINT == 1u);
}

fn left_place(quad: u32) -> LeftPlace {
  let rows = vec4u(quad * 4u) + vec4u(0u, 1u, 2u, 3u);
  let lines = rows / parts.x.size;
  let samples = lines / parts.y.size;
  let y = vec4i(lines - samples * parts.y.size) * advance() + parts.y.origin;
  let x = vec4i(rows - lines * parts.x.size) * advance() + parts.x.origin;
  let width = i32(convolution.source_width);
  if (PACKED_INPUT == 1u) {
    let channels = i32(convolution.source_channels);
    return LeftPlace(y, x, vec4i(samples * convolution.source_quads * 4u) + (y * width + x) * channels);
  }
  let height = i32(convolution.source_height);
  let quads = i32(convolution.source_quads);
  return LeftPlace(y, x, ((vec4i(samples) * height + y) * width + x) * quads);
}

// Position of the result, over all samples, that a row of the product stands for.
fn result_row(row: u32) -> u32 {
  // With a stride of 1 the only phase has all positions in their order.
  if (ADJOINT == 0u || convolution.stride == 1u) {
    return row;
  }
  let line = row / parts.x.size;
  let sample = line / parts.y.size;
  let y = (line - sample * parts.y.size) * spacing() + parts.y.phase;
  let x = (row - line * parts.x.size) * spacing() + parts.x.phase;
  return (sample * convolution.result_height + y) * convolution.result_width + x;
}

// What four rows read through a tap: which of them lie inside of the source, and elements of the source.
struct Reading {
  inside: vec4<bool>,
  at: vec4i,
}

fn reading(place: LeftPlace, tap: u32, channel: u32, channels: u32) -> Reading {
  let tap_y = quotient(tap, parts.by_taps);
  let y = i32(tap_y) * reach();
  let x = i32(tap - tap_y * parts.x.taps) * reach();
  // Below 0 is far above as an unsigned number.
  let inside_y = vec4u(place.y + y) < vec4u(convolution.source_height);
  let inside_x = vec4u(place.x + x) < vec4u(convolution.source_width);
  let offset = (y * i32(convolution.source_width) + x) * i32(channels) + i32(channel);
  return Reading(inside_y & inside_x & vec4<bool>(tap_y < parts.y.taps), place.start + offset);
}

fn read_left(k: u32, place: LeftPlace) -> mat4x4f {
  if (PACKED_INPUT == 1u) {
    return mat4x4f(
      single_channel(k, place), single_channel(k + 1u, place), single_channel(k + 2u, place), single_channel(k + 3u, place),
    );
  }
  let quad = k / 4u;
  let tap = quotient(quad, parts.by_channels);
  let read = reading(place, tap, quad - tap * convolution.source_quads, convolution.source_quads);
  return transpose(
    mat4x4f(
      select(vec4f(), source_quad(u32(read.at.x)), read.inside.x),
      select(vec4f(), source_quad(u32(read.at.y)), read.inside.y),
      select(vec4f(), source_quad(u32(read.at.z)), read.inside.z),
      select(vec4f(), source_quad(u32(read.at.w)), read.inside.w),
    ),
  );
}

fn single_channel(k: u32, place: LeftPlace) -> vec4f {
  let tap = quotient(k, parts.by_channels);
  let channels = convolution.source_channels;
  let read = reading(place, tap, k - tap * channels, channels);
  let at = vec4u(read.at);
  let values = vec4f(source_number(at.x), source_number(at.y), source_number(at.z), source_number(at.w));
  return select(vec4f(), values, read.inside);
}

fn read_right(k: u32, quad: u32) -> mat4x4f {
  if (ADJOINT == 0u) {
    let stride = convolution.result_quads;
    let at = k * stride + quad;
    return mat4x4f(weights[at], weights[at + stride], weights[at + 2u * stride], weights[at + 3u * stride]);
  }
  let inner_quad = k / 4u;
  let tap = quotient(inner_quad, parts.by_channels);
  let tap_y = quotient(tap, parts.by_taps);
  let tap_x = tap - tap_y * parts.x.taps;
  let kernel_y = parts.y.first_tap + tap_y * convolution.tap_step;
  let kernel_x = parts.x.first_tap + tap_x * convolution.tap_step;
  let row = ((kernel_y * convolution.kernel + kernel_x) * convolution.result_quads + quad) * 4u;
  let stride = convolution.source_quads;
  let at = row * stride + inner_quad - tap * stride;
  return transpose(mat4x4f(weights[at], weights[at + stride], weights[at + 2u * stride], weights[at + 3u * stride]));
}
