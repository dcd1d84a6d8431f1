// What a network in training knows of itself between dispatches; 48 bytes, one per network. `step_control` writes it,
// everyone else reads. Offsets in app/nn/kernels/stepControl.ts.
struct Control {
  // Updates done so far.
  step: u32,
  // Where the next batch starts: this many samples into this epoch.
  epoch: u32,
  epoch_offset: u32,
  // 0, or the number (from 1) of the update that was refused because the loss or a gradient was not finite.
  latch_step: u32,
  // Published by each step for the optimizer: 1 to update, 0 to leave everything as it is.
  apply_update: u32,
  // Factor on the gradient: clipping by the global norm.
  gradient_scale: f32,
  learning_rate: f32,
  weight_decay: f32,
  // Adam's 1 / (1 − β₁ᵗ) and 1 / √(1 − β₂ᵗ).
  bias_correction1: f32,
  bias_correction2: f32,
  pad0: u32,
  pad1: u32,
}
