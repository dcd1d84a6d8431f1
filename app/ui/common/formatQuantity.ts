const prefixes = ['', 'k', 'M', 'G', 'T', 'P'] as const

/** A quantity to three digits with its unit’s prefix: “640 B”, “59.0 kFLOP”, “1.26 MB”. */
export function formatQuantity(value: number, unit: string): string {
  const digits = value < 1000 ? value : Number(value.toPrecision(3))
  const power = digits < 1000 ? 0 : Math.min(prefixes.length - 1, Math.floor(Math.log10(digits) / 3))
  const scaled = digits / 1000 ** power
  const text = power === 0 ? String(Math.round(scaled)) : scaled.toPrecision(3)
  return `${text} ${prefixes[power] ?? ''}${unit}`
}
