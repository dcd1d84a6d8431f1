// Decides what becomes of this step: refused for good where the loss or the gradient is not finite, else published for
// the optimizer. Records the step, and moves on to the next batch. One workgroup.
#include "shared/control.wgsl"
#include "shared/gradient_partial.wgsl"
#include "shared/loss_partial.wgsl"
#include "shared/nonfinite.wgsl"

// Invocations of the workgroup; a power of two. Few on software adapters.
override LANES: u32;
// Steps that the table of hyperparameters and the ring of records hold; app/nn/kernels/stepControl.ts has the same.
const TABLE_STEPS = 4096u;
const RING_STEPS = 4096u;

const APPLIED = 1u;
const REFUSED_LOSS = 2u;
const REFUSED_GRADIENT = 4u;

struct StepSizes {
  loss_partials: u32,
  gradient_partials: u32,
  batch_size: u32,
  training_count: u32,
}

// What the CPU works out for each step beforehand.
struct Hyperparameters {
  learning_rate: f32,
  weight_decay: f32,
  // Longest gradient allowed; 0: any.
  clip_norm: f32,
  bias_correction1: f32,
  bias_correction2: f32,
  pad0: f32,
  pad1: f32,
  pad2: f32,
}

@group(0) @binding(0) var<uniform> sizes: StepSizes;
@group(0) @binding(1) var<storage, read> loss_partials: array<LossPartial>;
@group(0) @binding(2) var<storage, read> gradient_partials: array<GradientPartial>;
@group(0) @binding(3) var<storage, read> hyperparameters: array<Hyperparameters>;
// Bits of loss, share of correct rows and gradient norm (f32 each), and the outcome.
@group(0) @binding(4) var<storage, read_write> records: array<vec4u>;
@group(0) @binding(5) var<storage, read_write> control: Control;

var<workgroup> losses: array<LossPartial, LANES>;
var<workgroup> squares: array<GradientPartial, LANES>;

fn publish(norm: f32) {
  let values = hyperparameters[control.step % TABLE_STEPS];
  // PyTorch's clip_grad_norm_.
  let clipped = min(1.0, values.clip_norm / (norm + 1e-6));
  control.gradient_scale = select(1.0, clipped, values.clip_norm > 0.0);
  control.learning_rate = values.learning_rate;
  control.weight_decay = values.weight_decay;
  control.bias_correction1 = values.bias_correction1;
  control.bias_correction2 = values.bias_correction2;
}

fn decide(loss: LossPartial, gradient: GradientPartial) {
  // Nothing changed since the step that was refused, so this one is the same.
  if (control.latch_step != 0u) {
    control.apply_update = 0u;
    return;
  }
  let mean_loss = loss.loss / f32(sizes.batch_size);
  var outcome = 0u;
  if (loss.nonfinite == 1u || is_nonfinite(mean_loss)) {
    outcome |= REFUSED_LOSS;
  }
  // A gradient whose squared norm overflows is finite in each element but too long (1.8e19) to be clipped: refused too.
  if (gradient.nonfinite == 1u || is_nonfinite(gradient.squares)) {
    outcome |= REFUSED_GRADIENT;
  }
  let norm = sqrt(gradient.squares);
  let share = f32(loss.correct) / f32(sizes.batch_size);
  records[control.step % RING_STEPS] = vec4u(
    // Written as bits: arithmetic may lose a NaN on the way.
    select(bitcast<u32>(mean_loss), 0x7fc00000u, (outcome & REFUSED_LOSS) != 0u),
    bitcast<u32>(share),
    select(bitcast<u32>(norm), 0x7fc00000u, (outcome & REFUSED_GRADIENT) != 0u),
    select(outcome, APPLIED, outcome == 0u),
  );
  control.apply_update = u32(outcome == 0u);
  if (outcome != 0u) {
    control.latch_step = control.step + 1u;
    return;
  }
  publish(norm);
  control.step += 1u;
  let position = control.epoch_offset + sizes.batch_size;
  control.epoch += position / sizes.training_count;
  control.epoch_offset = position % sizes.training_count;
}

@compute @workgroup_size(LANES)
fn main(@builtin(local_invocation_index) local: u32) {
  var loss = LossPartial(0.0, 0u, 0u, 0u);
  for (var partial = local; partial < sizes.loss_partials; partial += LANES) {
    loss = add_loss_partials(loss, loss_partials[partial]);
  }
  var square = GradientPartial(0.0, 0u);
  for (var partial = local; partial < sizes.gradient_partials; partial += LANES) {
    square = add_gradient_partials(square, gradient_partials[partial]);
  }
  losses[local] = loss;
  squares[local] = square;
  for (var stride = LANES / 2u; stride > 0u; stride >>= 1u) {
    workgroupBarrier();
    if (local < stride) {
      losses[local] = add_loss_partials(losses[local], losses[local + stride]);
      squares[local] = add_gradient_partials(squares[local], squares[local + stride]);
    }
  }
  if (local == 0u) {
    decide(losses[0], squares[0]);
  }
}
