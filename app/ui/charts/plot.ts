/** The scales of a chart as Recharts laid them out, for everything drawn over it. Pixels are the chart's CSS pixels. */
export interface Plot {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** Pixel of a value; values outside the domain continue the scale where it can, and rest at its edge where not. */
  readonly x: (value: number) => number
  readonly y: (value: number) => number
  /** Value under a pixel. */
  readonly xAt: (pixel: number) => number
  readonly yAt: (pixel: number) => number
}

/** One continuous axis. Keep the object while nothing about it changes: axes are drawn again when it does. */
export interface ValueAxis {
  readonly domain: readonly [low: number, high: number]
  readonly ticks: readonly number[]
  readonly format: (value: number) => string
  readonly scale: 'linear' | 'log'
}

export interface Margins {
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly left: number
}
