/** “hidden 1”, “hidden 2”, …, “output”: what layers and their tracked outputs are called. */
export function layerNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => (index === count - 1 ? 'output' : `hidden ${index + 1}`))
}
