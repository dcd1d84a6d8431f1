// PyTorch's: far below any variance that matters, and keeps 1/√variance finite where nothing varies.
const NORMALISATION_EPSILON = 1e-5;
