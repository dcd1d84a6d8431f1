import type { Term } from './term'

/** Words about networks on images. k is the edge of a kernel, s a stride, j the distance of positions in pixels. */
export const imageTerms = {
  convolution: {
    name: 'convolution',
    text: 'A layer whose units look at a small window and slide over the whole image with the same weights. What it finds, it finds wherever it is.',
    formula: 'z_{y,x} = b + Σ_{u,v} W_{u,v} a_{y+u,x+v}',
    source: 'lecun1989',
  },
  channel: {
    name: 'channel',
    text: 'One number per position: a colour of the image, or what one unit of a convolution found there. Channels of a layer are its features; how many directions of them it uses is its saturation.',
    source: 'lecun1989',
  },
  featureMap: {
    name: 'feature map',
    text: 'What one channel of a layer makes of one image: a picture of where it found what it looks for, bright where it found it. Dark all over, it found nothing, or is dead.',
    source: 'lecun1989',
  },
  filter: {
    name: 'filter',
    text: 'The weights by which one channel is made of those before it, as a picture of what it answers to most. On the input they can be read as edges, strokes and colours; deeper down they weigh other channels.',
    source: 'zeiler2014',
  },
  kernel: {
    name: 'kernel',
    text: 'The weights of a convolution: a square of positions, for every channel that comes in. Two kernels of 3×3 after each other see as far as one of 5×5, with fewer weights.',
    formula: '"weights" = k^2 · "channels in" · "channels out"',
    source: 'simonyan2015',
  },
  stride: {
    name: 'stride',
    text: 'How many positions the window moves on each time. A stride of 2 leaves a quarter of the positions, and all later layers look twice as far.',
    formula: '"out" = ⌈ frac{"in"}{s} ⌉ "with padding"',
    source: 'dumoulin2016',
  },
  padding: {
    name: 'padding',
    text: 'Zeros put around the image so that windows may stand on its rim. With it (“same”) the size stays but for the stride; without (“valid”) the rim is lost.',
    formula: '"same": ⌈ frac{"in"}{s} ⌉\n"valid": ⌊ frac{"in" − k}{s} ⌋ + 1',
    source: 'dumoulin2016',
  },
  dilation: {
    name: 'dilation',
    text: 'Gaps between the positions that a kernel looks at: it reaches further with the same number of weights, and sees less of what lies between.',
    formula: '"reach" = D (k − 1) + 1',
    source: 'yu2016',
  },
  groups: {
    name: 'groups',
    text: 'Channels in parts that do not see each other, each with kernels of its own. With as many groups as channels the convolution is depthwise: each channel by itself, for a fraction of the weights.',
    formula: '"weights" = frac{1}{G} · k^2 · "channels in" · "channels out"',
    source: 'howard2017',
  },
  pooling: {
    name: 'pooling',
    text: 'Leaves one number of every window, its largest or its mean, and has no weights. The image shrinks, small shifts matter less, and later layers look further.',
    formula: 'a_y = max_{u < k} a_{s y + u}',
    source: 'scherer2010',
  },
  globalPooling: {
    name: 'global average pooling',
    text: 'The mean of each channel over all positions: what is in the image, no matter where. It spares the many weights of a dense layer on a whole image.',
    formula: 'a_c = frac{1}{h w} Σ_{y,x} a_{y,x,c}',
    source: 'lin2014',
  },
  batchNorm: {
    name: 'batch norm',
    text: 'Gives each channel mean 0 and variance 1 over the batch, then a scale γ and a shift β that are learned. In evaluation running means stand for those of the batch.',
    formula: 'ẑ = γ frac{z − μ}{sqrt{σ^2 + ε}} + β',
    source: 'ioffe2015',
  },
  layerNorm: {
    name: 'layer norm',
    text: 'Gives each sample, at each position, mean 0 and variance 1 over its channels, then a scale and a shift per channel that are learned. It does not depend on the batch.',
    formula: 'ẑ = γ frac{z − μ}{sqrt{σ^2 + ε}} + β',
    source: 'ba2016',
  },
  residualBlock: {
    name: 'residual block',
    text: 'Layers whose input is added to their result, so that they learn only what has to change. Gradients go past them, and deep networks can be trained.',
    formula: 'a = f(x + F(x))',
    source: 'he2016',
  },
  residualOrder: {
    name: 'order of a residual block',
    text: 'Activation after the sum is the first design; with normalisation and activation before each convolution, the sum goes through the whole network untouched.',
    formula: '"after": x ← f(x + F(x))\n"before": x ← x + F(f(x))',
    source: 'he2016identity',
  },
  projection: {
    name: 'projection',
    text: 'A 1×1 convolution on the way past a residual block, with its strides, where input and result differ in shape and could not be added. It looks at single positions and sees no further.',
    formula: 'a = f(P x + F(x))',
    source: 'he2016',
  },
  receptiveField: {
    name: 'receptive field',
    text: 'The square of the image that one position can depend on. Each kernel widens it by what it spans at the distance of the positions that it reads; where ways through the network differ, the shortest and the longest are told.',
    formula: 'r ← r + (k − 1) j\nj ← s j',
    source: 'araujo2019',
  },
  borderLayer: {
    name: 'border layer',
    text: 'The first layer whose input has a receptive field larger than the image: nothing new can come into view. It and those after it are predicted to add little, and trained networks show a tail there.',
    formula: 'r_{l−1} > "edge of the image"',
    source: 'richter2021deeper',
  },
  transposedConvolution: {
    name: 'transposed convolution',
    text: 'Paints its kernel around every position, times what is there, and adds up: the backward pass of a convolution used forward. With a stride it enlarges the image.',
    formula: 'z_{s y + u} = Σ_y W_u a_y',
    source: 'dumoulin2016',
  },
  augmentation: {
    name: 'augmentation',
    text: 'Changes of training images that leave their class as it is, drawn anew for every image and epoch, so that the network sees more than there is. Training loss and accuracy are of the changed images; probe, held-out samples and linear probes stay as they are.',
    source: 'he2016',
  },
  randomCrop: {
    name: 'random crop',
    text: 'A window of the image’s size, taken at random from the image with c pixels added on each side: a shift. What comes into view repeats the edge; zeros would be black in some data and grey in others, depending on how they are standardised.',
    formula: 'a_{y,x} ← a_{y+u,x+v}\n−c ≤ u, v ≤ c',
    source: 'kostrikov2021',
  },
  randomFlip: {
    name: 'random flip',
    text: 'With probability ½ an image is mirrored, left for right. It helps where both sides mean the same, as with most things in photographs, and harms where they do not, as with digits.',
    formula: 'a_{y,x} ← a_{y,w−1−x}',
    source: 'he2016',
  },
  upsampling: {
    name: 'upsampling',
    text: 'Repeats each position in both directions. A convolution after it smooths, without the checkerboards that transposed convolutions may leave.',
    formula: 'a_y ← a_{⌊ y / "factor" ⌋}',
    source: 'odena2016',
  },
} satisfies Readonly<Record<string, Term>>
