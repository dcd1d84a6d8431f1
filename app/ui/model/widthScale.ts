import { nextWidth } from '../common/parseNumber'

/** How lengths of usage bars stand for units; the track's whole length is 1. */
export interface WidthScale {
  /** What the end of the track stands for. */
  readonly most: number
  readonly toLength: (units: number) => number
  /** Not rounded; clamped to the track. */
  readonly toUnits: (length: number) => number
}

/** Share of the track that the widest layer takes. */
const WIDEST_AT = 0.75
/** A network narrower than this does not fill its track: between 2 and 3 units there would be a gulf. */
const SHORTEST_SCALE = 8
/** CSS pixels between two places where a dragged handle comes to rest. */
const NOTCH_PIXELS = 3
/** CSS pixels around a place worth hitting within which the handle goes there. */
const PULL_PIXELS = 4

/**
 * Even up to the widest layer, so that the bars below each other draw the network's outline; the last quarter of the
 * track, empty unless a handle is dragged there, reaches on to twice that width.
 * @param limit the most units a layer may have.
 */
export function widthScale(widest: number, limit: number): WidthScale {
  const knee = Math.min(Math.max(widest, SHORTEST_SCALE), limit)
  const most = Math.min(2 * knee, limit)
  const kneeAt = most > knee ? WIDEST_AT : 1
  return {
    most,
    toLength(units) {
      if (units <= knee) return (Math.max(0, units) / knee) * kneeAt
      return most > knee ? kneeAt + (Math.min(1, (units - knee) / (most - knee)) || 0) * (1 - kneeAt) : 1
    },
    toUnits(length) {
      if (length <= kneeAt) return (Math.max(0, length) / kneeAt) * knee
      return Math.min(most, knee + ((length - kneeAt) / (1 - kneeAt)) * (most - knee))
    },
  }
}

interface Drag {
  readonly scale: WidthScale
  readonly trackPixels: number
  /** Widths worth hitting: what the layer has, and k, what it uses. */
  readonly marks: readonly number[]
  /** Every single width, and no pull towards the marks. */
  readonly fine: boolean
}

/**
 * The width a handle dragged to `pixel` of the track stands for: multiples of a power of two that are far enough
 * apart to be hit, and the marks.
 */
export function widthAt(pixel: number, { scale, trackPixels, marks, fine }: Drag): number {
  const exact = scale.toUnits(pixel / trackPixels)
  if (fine) return Math.max(1, Math.round(exact))
  const mark = marks.find((units) => Math.abs(scale.toLength(units) * trackPixels - pixel) <= PULL_PIXELS)
  if (mark !== undefined) return Math.max(1, mark)
  const notchLength = NOTCH_PIXELS / trackPixels
  const at = Math.min(pixel / trackPixels, 1 - notchLength)
  const unitsPerNotch = scale.toUnits(at + notchLength) - scale.toUnits(at)
  const notch = 2 ** Math.max(0, Math.ceil(Math.log2(unitsPerNotch)))
  return Math.min(scale.most, Math.max(1, Math.round(exact / notch) * notch))
}

/**
 * The width a key leads to; undefined for keys that mean nothing here.
 * @param used k of the layer, where it is known.
 */
export function widthByKey(key: string, units: number, used: number | undefined, most: number): number | undefined {
  const wanted = wantedWidth(key, units, used, most)
  return wanted === undefined ? undefined : Math.min(most, Math.max(1, wanted))
}

function wantedWidth(key: string, units: number, used: number | undefined, most: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return units + 1
    case 'ArrowLeft':
    case 'ArrowDown':
      return units - 1
    case 'PageUp':
      return nextWidth(units, 1)
    case 'PageDown':
      return nextWidth(units, -1)
    case 'Home':
      return used ?? 1
    case 'End':
      return most
    default:
      return undefined
  }
}
