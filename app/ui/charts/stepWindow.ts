import type { Plot } from './plot'

/** So that a window of a single step can be seen, CSS pixels. */
const narrowest = 4

/** Where a window of steps lies across a chart, CSS pixels. */
export function stepWindow(
  { left: begin, width: breadth, x }: Pick<Plot, 'left' | 'width' | 'x'>,
  { from, to }: { readonly from: number; readonly to: number },
): { readonly left: number; readonly width: number } {
  const end = begin + breadth
  const left = Math.min(Math.max(begin, x(from)), end - narrowest)
  return { left, width: Math.min(Math.max(narrowest, x(to) - left), end - left) }
}
