import { axisHeight } from '../charts/Axes'
import type { Margins } from '../charts/plot'
import { typePixels } from '../theme/typeScale'
import { ticksHeight, type Tile } from './tileLayout'

/** How the box of the heatmap is divided, CSS pixels. */
interface HeatmapLayout {
  readonly width: number
  readonly height: number
  readonly margins: Margins
  /** Of the axis of steps, with or without numbers. */
  readonly axisHeight: number
  readonly labelWidth: number
  readonly plotWidth: number
  readonly fontSize: number
  /** Every how many-th row has room for its name and value. */
  readonly labelEvery: number
  /** Values in two lines: the share in large type, the count below. */
  readonly stacked: boolean
  /** Values in one line keep to the share. */
  readonly narrow: boolean
}

const narrowBelow = 560
/** Room for “1,024 of 1,024 · 100 % n/d 9.5” on a line; for “100 % n/d 9.5” above “1,024 of 1,024”; for “100 % n/d 9.5”. */
const lineWidth = 184
const stackWidth = 124
const narrowWidth = 96
/** For “+100 points” or “only in B” on a line. */
const differenceWidth = 92
/** Rows at least this tall stack their values. */
const stackedRow = 38
/** A line of the smallest type with some air. */
const lowestLabelled = 10
/** Mean advance of a letter as a share of the type size; row names are short and plain. */
const letterWidth = 0.58
/** For “block 1 projection”. */
const widestLabel = 148

/** Room for what stands beside the rows: saturations with what they count, or differences. */
export type RowWords = 'saturations' | 'differences'

export function heatmapLayout(
  size: Pick<Tile, 'width' | 'height' | 'hasSteps'>,
  names: readonly string[],
  text: RowWords,
): HeatmapLayout {
  const narrow = size.width < typePixels(narrowBelow)
  const below = size.hasSteps ? axisHeight() : ticksHeight()
  const top = 2
  const rowHeight = (size.height - top - below) / Math.max(1, names.length)
  const isDifference = text === 'differences'
  const stacked = rowHeight >= typePixels(stackedRow) && !isDifference
  const right = typePixels(isDifference ? differenceWidth : narrow ? narrowWidth : stacked ? stackWidth : lineWidth)
  const margins = { top, right, bottom: 0, left: 0 }
  const labelEvery = rowHeight > 0 ? Math.ceil(typePixels(lowestLabelled) / rowHeight) : 1
  const fontSize = Math.min(typePixels(12), Math.max(typePixels(8), Math.floor(rowHeight * labelEvery * 0.85)))
  const longest = Math.max(0, ...names.map((name) => name.length))
  const labelWidth = Math.min(typePixels(widestLabel), Math.ceil(longest * fontSize * letterWidth) + 16)
  return {
    width: size.width,
    height: size.height,
    margins,
    axisHeight: below,
    labelWidth,
    plotWidth: Math.max(0, size.width - labelWidth - margins.right),
    fontSize,
    labelEvery,
    stacked,
    narrow,
  }
}
