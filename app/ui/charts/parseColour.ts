import type { Rgb } from './viridis'

/** Components of a colour token; tokens.css promises plain hex colours, anything else is grey. */
export function parseColour(token: string): Rgb {
  const hex = /^#([0-9a-f]{6})$/i.exec(token.trim())?.[1]
  if (hex === undefined) return [128, 128, 128]
  const packed = Number.parseInt(hex, 16)
  return [packed >> 16, (packed >> 8) & 0xff, packed & 0xff]
}
