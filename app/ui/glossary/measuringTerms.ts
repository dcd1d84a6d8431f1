import type { Term } from './term'

/** Words about what is measured. A layer has d features, n samples were measured, λ are the eigenvalues of C. */
export const measuringTerms = {
  saturation: {
    name: 'saturation',
    text: 'The share of its directions that a layer needs to hold the share δ of the variance of its outputs: k of d. It says how much of the layer’s width is in use, not how well the network does.',
    formula: 's = frac{k_δ}{d}',
    source: 'shenk2019',
  },
  direction: {
    name: 'direction',
    text: 'A weighted sum of a layer’s units. A layer of d units has d directions at right angles to each other; they are chosen so that the first carries as much of the variance as one can, the next as much of the rest, and so on: its principal components.',
    source: 'pearson1901',
  },
  intrinsicDimension: {
    name: 'intrinsic dimension k',
    text: 'How many directions, strongest first, it takes until they hold the share δ of the variance together.',
    formula: 'k_δ = "smallest" k "with" Σ_{i≤k} λ_i ≥ δ · Σ_i λ_i',
    source: 'shenk2019',
  },
  threshold: {
    name: 'threshold δ',
    text: 'The share of the variance that the counted directions have to explain. The usual 99 % leaves 1 % as noise. Changing it counts the whole history anew, since the spectra are kept.',
    formula: 'frac{Σ_{i≤k} λ_i}{Σ_i λ_i} ≥ δ',
    source: 'shenk2019',
  },
  convention: {
    name: 'convention of counting k',
    text: 'The paper counts the direction that reaches δ; the Delve library as shipped stops before it and counts one less. Choose Delve’s way only to compare with its logs.',
    formula: 'k_"Delve" = k_δ − 1',
    source: 'shenk2019',
  },
  explainedVariance: {
    name: 'explained variance',
    text: 'What the first k directions hold of the variance, as a share of all. Where this curve crosses δ is k.',
    formula: 'frac{Σ_{i≤k} λ_i}{Σ_i λ_i}',
    source: 'pearson1901',
  },
  covariance: {
    name: 'covariance matrix C',
    text: 'How much each two units of a layer vary together over the samples. It is divided by n, not by n − 1, as in Delve; saturation is the same either way.',
    formula: 'C = frac{1}{n} Σ_a (a − μ)(a − μ)^⊤',
    source: 'definition',
  },
  eigenvalue: {
    name: 'eigenvalue λ',
    text: 'The variance of a layer’s outputs along one direction. They are sorted: λ₁ belongs to the strongest direction.',
    formula: 'C v_i = λ_i v_i',
    source: 'pearson1901',
  },
  spectrum: {
    name: 'spectrum',
    text: 'All eigenvalues of a layer’s covariance, largest first; drawn like this it is a scree plot. A steep one means that few directions carry nearly everything, a flat one that all are used alike.',
    formula: 'λ_1 ≥ λ_2 ≥ … ≥ λ_d ≥ 0',
    source: 'cattell1966',
  },
  trace: {
    name: 'total variance',
    text: 'The trace of the covariance: how far the layer’s outputs spread over the samples, all directions together.',
    formula: 'tr C = Σ_i λ_i',
    source: 'definition',
  },
  effectiveRank: {
    name: 'effective rank',
    text: 'How many equally strong directions would be as hard to predict. Weak directions count a little; no δ is needed. Here it is taken of the eigenvalues of the covariance.',
    formula: 'exp(− Σ_i p_i ln p_i)\np_i = frac{λ_i}{Σ_j λ_j}',
    source: 'roy2007',
  },
  participationRatio: {
    name: 'participation ratio',
    text: 'How many directions really take part; weak ones hardly count. It is the inverse of Simpson’s index of concentration.',
    formula: 'frac{(Σ_i λ_i)^2}{Σ_i λ_i^2}',
    source: 'simpson1949',
  },
  stableRank: {
    name: 'stable rank',
    text: 'The total variance in units of the strongest direction: 1 where one direction carries everything, d where all are alike.',
    formula: 'frac{Σ_i λ_i}{λ_1}',
    source: 'rudelson2007',
  },
  logDeterminant: {
    name: 'log-determinant',
    text: 'The logarithm of the volume that the outputs fill, squared. Directions without variance would make it minus infinity: they are left out and counted beside it.',
    formula: 'Σ_{λ_i > 0} ln λ_i',
    source: 'definition',
  },
  interval: {
    name: 'interval ±',
    text: 'What k can be in truth, given that the numbers have 24 bits and the solver stops somewhere. It is shown where it is more than one number: the shares around δ are then as close as rounding.',
    formula: 'k "at" δ ± max(d, 8) · 6·10^{−8}',
    source: 'definition',
  },
  provisional: {
    name: 'provisional',
    text: 'Fewer than ten samples per unit were measured, or the positions of fewer than 64 images. n samples span at most n − 1 directions, so k comes out too low.',
    formula: 'n < 10 · d',
    source: 'definition',
  },
  dead: {
    name: 'dead layer',
    text: 'A layer that gives the same output for every sample: no variance, k = 0. Nothing after it can tell the samples apart.',
    formula: 'Σ_i λ_i = 0',
    source: 'definition',
  },
  deadUnits: {
    name: 'dead units',
    text: 'Units whose activation function says the same of every sample measured, as ReLU does of a unit that is never above zero. No gradient reaches their weights through these samples: mostly they stay dead.',
    source: 'lu2019',
  },
  nonFinite: {
    name: 'NaN or infinity',
    text: 'At least one output is not a finite number, mostly because training diverged: the steps were too long. There is no covariance then.',
    source: 'definition',
  },
  tail: {
    name: 'tail',
    text: 'The last hidden layers, two or more, that all stay below half of the saturation of the network’s fullest layer over the last 20 columns. They may add little: try the network without them.',
    formula: 's_l < frac{1}{2} max_m s_m',
    source: 'richter2020',
  },
  probe: {
    name: 'probe',
    text: 'One fixed set of samples, held-out ones first, that goes through the network at frozen weights for every column. So each column belongs to one step, and columns can be compared.',
    source: 'definition',
  },
  window: {
    name: 'window',
    text: 'The last training samples, gathered while the weights move, as Delve does. Early in training the moving weights themselves add variance, and k comes out too high.',
    source: 'definition',
  },
  column: {
    name: 'column',
    text: 'One measurement of all layers at one step. On “auto” they come as often as a tenth of the training time allows, at a watching pace a little oftener, and no more than ten a second.',
    source: 'definition',
  },
  measuredOutput: {
    name: 'measured output',
    text: 'Of each layer either its own result z is measured, before normalisation and activation, as in the published pictures, or what its activation function f makes of it, which is what the next layer sees.',
    formula: 'z = W x + b\na = f(z)',
    source: 'shenk2019',
  },
  sampling: {
    name: 'sampling of feature maps',
    text: 'How an image becomes rows of a layer’s activations: each position a row of its channels; or one row per image, with each map’s mean, maximum or (lower) median; or all positions of all channels as features. k then counts directions of that.',
    formula:
      '"per position": n = "images" · h w, d = "channels"\n"pooled": n = "images", d = "channels"\n"flattened": n = "images", d = h w · "channels"',
    source: 'richter2020',
  },
  solver: {
    name: 'solver',
    text: 'What finds the eigenvalues: Jacobi’s rotations on the graphics card for all layers at once, or, for wide layers and without a card, a solver of double precision in a worker of its own, named “reference”.',
    source: 'rutishauser1966',
  },
  linearProbe: {
    name: 'linear probe',
    text: 'A linear classifier fitted to the outputs of one layer while the network stays as it is: its held-out accuracy says how much of the class can be read off there. Images are averaged over 4×4 cells or fewer; depth that adds no accuracy adds nothing to the answer.',
    formula: 'min_W frac{1}{n} Σ_i H(y_i, "softmax"(W a_i)) + frac{λ}{2} ‖W‖^2',
    source: 'alain2016',
  },
} satisfies Readonly<Record<string, Term>>
