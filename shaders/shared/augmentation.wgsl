// How a training image is seen: shifted and mirrored by chance, its edge pixels repeated where it does not reach. Drawn
// by sample and epoch alone. Twin: app/nn/reference/augmentation.ts, equal in every bit.
#include "shared/hash.wgsl"

struct Image {
  height: u32,
  width: u32,
  channels: u32,
}

struct View {
  down: i32,
  right: i32,
  mirrored: bool,
}

// First word of the hashed messages, “crop”: no other random number is drawn by messages that begin so.
const VIEW_PURPOSE = 0x63726f70u;

// Shifts of up to `crop` pixels; `flip` 1 mirrors one image in two.
fn draw_view(crop: u32, flip: u32, seed: u32, epoch: u32, sample: u32) -> View {
  let named = hash_absorb(hash_absorb(hash_absorb(vec4u(seed), vec4u(VIEW_PURPOSE)), vec4u(epoch)), vec4u(sample));
  let draws = hash_finish(hash_absorb(named, vec4u(0u, 1u, 2u, 3u)), 16u);
  let shifts = vec2i(draws.xy % (2u * crop + 1u)) - i32(crop);
  return View(shifts.x, shifts.y, flip == 1u && draws.z >> 31u == 1u);
}

// Where in the sample the numbers come from that are seen at `elements`.
fn seen_elements(view: View, image: Image, elements: vec4u) -> vec4u {
  let positions = elements / image.channels;
  let last = vec2i(i32(image.height), i32(image.width)) - 1;
  let across = vec4i(positions % image.width);
  let y = clamp(vec4i(positions / image.width) + view.down, vec4i(), vec4i(last.x));
  let x = clamp(select(across, last.y - across, view.mirrored) + view.right, vec4i(), vec4i(last.y));
  return (vec4u(y) * image.width + vec4u(x)) * image.channels + elements % image.channels;
}
