// dW and db of a convolution: dW[tap, c, o] = Σ over positions p of x[what p reads through the tap, c] · dZ[p, o], a
// matrix product whose inner index counts positions; db is one more row, as of an input that is always 1. With SPLIT,
// partial sums instead, for weight_gradient_finish. The weights of a transposed convolution are those of the convolution
// that leads back: its dZ is `input` here, its input `output_gradient`, and its bias is not among the rows.
#include "shared/convolution.wgsl"
#include "shared/division.wgsl"
#include "shared/matrix_product.wgsl"
#include "shared/weight_gradient.wgsl"

// 1: `weight_gradient` is scratch [splits, rows, out4] and nothing else is written.
override SPLIT: u32 = 0u;

struct Shape {
  // A packed input is one tap as wide as all of them.
  inputs: u32,
  input_quads: u32,
  weight_rows: u32,
  outputs: u32,
  output_quads: u32,
  // Those of the weights, and one more for the bias.
  rows: u32,
  inner_per_split: u32,
}

// x [samples·height·width, in4], or packed.
@group(0) @binding(0) var<storage, read> input: array<vec4f>;
// dZ [positions, out4].
@group(0) @binding(1) var<storage, read> output_gradient: array<vec4f>;
// dW [taps·in4, out4]; without gaps between the taps where the input is packed.
@group(0) @binding(2) var<storage, read_write> weight_gradient: array<vec4f>;
// db [out4].
@group(0) @binding(3) var<storage, read_write> bias_gradient: array<vec4f>;
@group(0) @binding(4) var<uniform> shape: Shape;
@group(0) @binding(5) var<uniform> convolution: Convolution;

const LEFT_ALONG_INNER = false;
const RIGHT_ALONG_INNER = false;

// What a quad of rows stands for: tap and channel. Four taps and channels where the input is packed, else x of each.
struct LeftPlace {
  // Of the input position read, from stride times the output position.
  y: vec4i,
  x: vec4i,
  channel: vec4i,
  is_weight: vec4<bool>,
  is_bias: bool,
}

// An output position.
struct Position {
  sample: i32,
  y: i32,
  x: i32,
}

fn left_place(quad: u32) -> LeftPlace {
  var channels = vec4u(quad);
  var per_tap = convolution.source_quads;
  if (PACKED_INPUT == 1u) {
    channels = vec4u(quad * 4u) + vec4u(0u, 1u, 2u, 3u);
    per_tap = convolution.source_channels;
  }
  let taps = channels / per_tap;
  let lines = taps / convolution.kernel;
  let y = vec4i(lines * convolution.dilation) - i32(convolution.before);
  let x = vec4i((taps - lines * convolution.kernel) * convolution.dilation) - i32(convolution.before);
  let is_weight = lines < vec4u(convolution.kernel);
  return LeftPlace(y, x, vec4i(channels - taps * per_tap), is_weight, quad * 4u == shape.weight_rows);
}

fn read_left(k: u32, place: LeftPlace) -> mat4x4f {
  let line = quotient(k, divisor(convolution.result_width));
  let sample = quotient(line, divisor(convolution.result_height));
  let x = k - line * convolution.result_width;
  let y = line - sample * convolution.result_height;
  let first = Position(i32(sample), i32(y), i32(x));
  let second = next_position(first);
  let third = next_position(second);
  let fourth = next_position(third);
  return mat4x4f(
    input_quad(first, place), input_quad(second, place), input_quad(third, place), input_quad(fourth, place),
  );
}

fn next_position(position: Position) -> Position {
  var next = position;
  next.x++;
  if (next.x == i32(convolution.result_width)) {
    next.x = 0;
    next.y++;
  }
  if (next.y == i32(convolution.result_height)) {
    next.y = 0;
    next.sample++;
  }
  return next;
}

// 0 past the last position, so that the sums may run over a multiple of 4.
fn input_quad(position: Position, place: LeftPlace) -> vec4f {
  let y = position.y * i32(convolution.stride) + place.y;
  let x = position.x * i32(convolution.stride) + place.x;
  let inside_y = vec4u(y) < vec4u(convolution.source_height);
  let inside_x = vec4u(x) < vec4u(convolution.source_width);
  let inside = place.is_weight & inside_y & inside_x;
  let width = i32(convolution.source_width);
  var values: vec4f;
  if (PACKED_INPUT == 1u) {
    let start = position.sample * i32(convolution.source_quads * 4u);
    let at = vec4u(start + (y * width + x) * i32(convolution.source_channels) + place.channel);
    let numbers = vec4f(input_number(at.x), input_number(at.y), input_number(at.z), input_number(at.w));
    values = select(vec4f(), numbers, inside);
  } else {
    let line = position.sample * i32(convolution.source_height) + y.x;
    let at = (line * width + x.x) * i32(convolution.source_quads) + place.channel.x;
    values = select(vec4f(), input[u32(at)], inside.x);
  }
  values = select(values, vec4f(1.0, 0.0, 0.0, 0.0), place.is_bias);
  return select(vec4f(), values, position.sample < i32(convolution.samples));
}

fn input_number(at: u32) -> f32 {
  return input[at / 4u][at % 4u];
}

fn read_right(k: u32, quad: u32) -> mat4x4f {
  return mat4x4f(gradient_quad(k, quad), gradient_quad(k + 1u, quad), gradient_quad(k + 2u, quad), gradient_quad(k + 3u, quad));
}

fn gradient_quad(position: u32, quad: u32) -> vec4f {
  let positions = convolution.samples * convolution.result_height * convolution.result_width;
  return select(vec4f(), output_gradient[position * shape.output_quads + quad], position < positions);
}

fn write_sums(row: u32, quad: u32, split: u32, sums: vec4f) {
  if (SPLIT == 1u) {
    weight_gradient[(split * shape.rows + row) * shape.output_quads + quad] = sums;
  } else {
    write_gradient(row, quad, sums);
  }
}

@compute @workgroup_size(THREADS)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let positions = convolution.samples * convolution.result_height * convolution.result_width;
  let inner = (positions + 3u) / 4u * 4u;
  let product = Product(shape.rows, shape.output_quads, inner, shape.inner_per_split);
  multiply(product, workgroup.z, linear_workgroup(workgroup, workgroups), thread);
}
