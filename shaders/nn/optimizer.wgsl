// One update of all parameters, with the meaning of PyTorch's optimizers. Does nothing where the step was refused.
#include "shared/control.wgsl"
#include "shared/index.wgsl"

const WORKGROUP = 256u;
const SGD = 0u;
const MOMENTUM = 1u;
const NESTEROV = 2u;
const RMSPROP = 3u;
const ADAM = 4u;
const ADAMW = 5u;
override KIND: u32;

const LARGEST = 3.4028234e38;

struct Optimizer {
  // Vec4 of the flat buffers.
  words: u32,
  momentum: f32,
  // 1 − β₁ and 1 − β₂ (of RMSProp: 1 − decay), rounded once: 1 − 0.999 in f32 is off by 1e-5.
  renewal1: f32,
  renewal2: f32,
  epsilon: f32,
}

@group(0) @binding(0) var<uniform> optimizer: Optimizer;
@group(0) @binding(1) var<storage, read> control: Control;
@group(0) @binding(2) var<storage, read> gradients: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> parameters: array<vec4f>;
// Momentum, or mean of the gradients; untouched by SGD and RMSProp.
@group(0) @binding(4) var<storage, read_write> first_moment: array<vec4f>;
// Mean of the squared gradients; touched by RMSProp and Adam.
@group(0) @binding(5) var<storage, read_write> second_moment: array<vec4f>;

// Direction to go against, per unit of learning rate.
fn direction(word: u32, gradient: vec4f) -> vec4f {
  switch KIND {
    case MOMENTUM, NESTEROV: {
      let velocity = optimizer.momentum * first_moment[word] + gradient;
      first_moment[word] = velocity;
      return select(velocity, gradient + optimizer.momentum * velocity, KIND == NESTEROV);
    }
    case RMSPROP: {
      return gradient / (sqrt(renew_second(word, gradient)) + optimizer.epsilon);
    }
    case ADAM, ADAMW: {
      let first = first_moment[word] + optimizer.renewal1 * (gradient - first_moment[word]);
      first_moment[word] = first;
      let size = sqrt(renew_second(word, gradient)) * control.bias_correction2 + optimizer.epsilon;
      return control.bias_correction1 * first / size;
    }
    default: {
      return gradient;
    }
  }
}

fn renew_second(word: u32, gradient: vec4f) -> vec4f {
  let second = second_moment[word] + optimizer.renewal2 * (gradient * gradient - second_moment[word]);
  second_moment[word] = second;
  return second;
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let word = linear_workgroup(workgroup, workgroups) * WORKGROUP + local;
  if (word >= optimizer.words || control.apply_update == 0u) {
    return;
  }
  var parameter = parameters[word];
  var gradient = control.gradient_scale * gradients[word];
  if (KIND == ADAMW) {
    parameter *= 1.0 - control.learning_rate * control.weight_decay;
  } else {
    gradient += control.weight_decay * parameter;
  }
  let updated = parameter - control.learning_rate * direction(word, gradient);
  // A last finite state is promised: what would overflow stops at the end of the range, and the next step is refused.
  parameters[word] = clamp(updated, vec4f(-LARGEST), vec4f(LARGEST));
}
