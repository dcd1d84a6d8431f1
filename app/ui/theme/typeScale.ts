/** Type size that all pixel sizes in code are meant for: browsers' usual one, CSS pixels. */
const USUAL_PIXELS = 16
/** `?large`: style sheets give sizes in rem, so this is all it takes for them. */
const LARGE = '130%'

/** Makes all type and what is measured by it larger. Before the page is first drawn: charts lay themselves out by it. */
export function enlargeType(): void {
  document.documentElement.style.fontSize = LARGE
}

let known: number | undefined

/** How much larger the type is than usual: `?large`, or what the browser was set to. */
export function typeScale(): number {
  // Without a page, as for what is worked out in Node, type is usual.
  if (typeof document === 'undefined') return 1
  known ??= Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL_PIXELS
  return known
}

/** Room for type, in whole CSS pixels. For charts, whose labels have no style sheet. @param usual with usual type. */
export function typePixels(usual: number): number {
  return Math.round(usual * typeScale())
}
