import { StrokeRaster } from '../data/generators/digits/strokeRaster'
import type { DataKind } from '../experiment/dataSpec'
import { elementsOf, positionsOf, type TensorShape } from '../experiment/tensorShape'
import type { Drawing, Stroke } from './inspected'

/** The pen of a drawing as a share of the picture's side: that of the average generated digit, and of MNIST's. */
const PEN_RADIUS = 0.045
const THINNEST_RADIUS_PIXELS = 0.4

/** How a data set's own pictures are brought into their frame. */
interface Framing {
  /** The longer side of the strokes, as a share of the picture's. */
  readonly extent: number
  /** What lies in the middle: that of the box around the strokes, or the centre of mass of the ink. */
  readonly middle: 'box' | 'mass'
}

/**
 * MNIST's digits fill 20 of 28 pixels, ink included, around their centre of mass (LeCun et al. 1998, “Gradient-based
 * learning applied to document recognition”); generated digits are about as high as this (data/generators/digits/pen).
 */
const FRAMINGS: Partial<Record<DataKind, Framing>> = {
  idx: { extent: 20 / 28 - 2 * PEN_RADIUS, middle: 'mass' },
  digits: { extent: 0.68, middle: 'box' },
}

/**
 * A drawing as a picture of the data's shape, brought into its frame as the pictures of this kind of data are.
 * @returns [height, width, channels], shares of full ink.
 */
export function drawSample({ strokes, ink }: Drawing, shape: TensorShape, kind: DataKind): Float32Array {
  const side = Math.max(shape.height, shape.width)
  const raster = new StrokeRaster(side)
  const drawn = strokes.map((stroke) => stroke.map((share, index) => share * (index % 2 ? shape.height : shape.width)))
  const framing = shape.channels === 3 ? undefined : FRAMINGS[kind]
  const framed = framing ? frame(drawn, framing, side, shape, raster) : drawn
  return paint(rasterise(framed, raster, side), side, shape, ink)
}

/** @returns [side, side], shares of full ink. */
function rasterise(strokes: readonly Stroke[], raster: StrokeRaster, side: number): Float32Array {
  const picture = new Float32Array(side * side)
  raster.clear(Math.max(THINNEST_RADIUS_PIXELS, side * PEN_RADIUS))
  for (const stroke of strokes) {
    // A point is a line to itself.
    for (let at = 0; at + 1 < stroke.length; at += 2) {
      const from = Math.max(0, at - 2)
      raster.drawLine(stroke[from]!, stroke[from + 1]!, stroke[at]!, stroke[at + 1]!)
    }
  }
  raster.copyInk(picture, 1)
  return picture
}

/** In pixels; a single point is moved to the middle and stays as it is. */
function frame(
  strokes: readonly Stroke[],
  { extent, middle }: Framing,
  side: number,
  { height, width }: TensorShape,
  raster: StrokeRaster,
): readonly Stroke[] {
  const across = rangeOf(strokes, 0)
  const down = rangeOf(strokes, 1)
  const longest = Math.max(across.high - across.low, down.high - down.low)
  const scale = longest > 0 ? (extent * side) / longest : 1
  const [left, top] = [(across.low + across.high) / 2, (down.low + down.high) / 2]
  const boxed = strokes.map((stroke) =>
    stroke.map((value, index) => (index % 2 ? (value - top) * scale + height / 2 : (value - left) * scale + width / 2)),
  )
  if (middle === 'box') return boxed
  const [x, y] = centreOfMass(rasterise(boxed, raster, side), side)
  return boxed.map((stroke) =>
    stroke.map((value, index) => (index % 2 ? value - y + height / 2 : value - x + width / 2)),
  )
}

/** Of the coordinates at the even places, or the odd ones. */
function rangeOf(strokes: readonly Stroke[], parity: 0 | 1): { readonly low: number; readonly high: number } {
  let [low, high] = [Infinity, -Infinity]
  for (const stroke of strokes) {
    for (let index: number = parity; index < stroke.length; index += 2) {
      low = Math.min(low, stroke[index]!)
      high = Math.max(high, stroke[index]!)
    }
  }
  return { low, high }
}

function centreOfMass(picture: Float32Array, side: number): readonly [x: number, y: number] {
  let [mass, x, y] = [0, 0, 0]
  picture.forEach((ink, pixel) => {
    mass += ink
    x += ink * ((pixel % side) + 0.5)
    y += ink * (Math.floor(pixel / side) + 0.5)
  })
  return mass > 0 ? [x / mass, y / mass] : [side / 2, side / 2]
}

function paint(picture: Float32Array, side: number, shape: TensorShape, ink: Drawing['ink']): Float32Array {
  const { width, channels } = shape
  const painted = new Float32Array(elementsOf(shape))
  for (let position = 0; position < positionsOf(shape); position++) {
    const share = picture[Math.floor(position / width) * side + (position % width)]!
    for (let channel = 0; channel < channels; channel++) {
      painted[position * channels + channel] = share * (channels === 3 ? ink[channel]! : 1)
    }
  }
  return painted
}
