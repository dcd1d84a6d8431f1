const counts = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** “48,210”. */
export function formatCount(value: number): string {
  return counts.format(value)
}

/** The shortest text that reads back as the same number, in the notation a person would type: “0.001”, “1e-8”, “2,000”. */
export function formatSetting(value: number): string {
  const size = Math.abs(value)
  if (value !== 0 && size < 1e-4) return value.toExponential().replace('e+', 'e')
  return value.toLocaleString('en', { maximumFractionDigits: 12, useGrouping: size >= 1000 })
}

/** A share as a percentage with one decimal where that says something: “9.4 %”, “93 %”. */
export function formatPercent(share: number): string {
  const percent = share * 100
  return `${percent.toFixed(percent < 99.95 && percent > 0 ? 1 : 0)} %`
}

/** A loss to three significant digits: “0.0412”, “2.30”, “1.2e+5”. */
export function formatLoss(value: number): string {
  return value.toPrecision(3)
}

/** Steps per second to two digits below ten, so that the text keeps its length: “8.4”, “126”, “1,940”. */
export function formatRate(perSecond: number): string {
  if (!Number.isFinite(perSecond)) return '–'
  return perSecond < 10 ? perSecond.toFixed(1) : formatCount(perSecond)
}

/** “0:38”, “12:05”, “1:02:09”; “–:––” while unknown. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–:––'
  const whole = Math.max(0, Math.ceil(seconds))
  const minutes = Math.floor(whole / 60)
  const two = (value: number) => String(value).padStart(2, '0')
  if (minutes < 60) return `${minutes}:${two(whole % 60)}`
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`
}
