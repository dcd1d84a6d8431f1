/** What `?hide=` can take off the page, by name, with what that is; the Method page lists it in this order. */
export const hideable = {
  presets: 'the gallery of experiments',
  undo: 'undo and redo',
  engine: 'what computes',
  share: 'the button that copies a link',
  theme: 'the button for light and dark',
  method: 'the way to the Method page',
  help: 'the help',
  play: 'play, one step and start again',
  pace: 'watch or max',
  readout: 'epoch, speed and time left',
  runs: 'the bar of runs side by side, with the way to a second',
  hint: 'the line on what to look at',
  data: 'the section Data, and dropping files',
  network: 'the section Network',
  learning: 'the section Learning',
  measuring: 'the section Measuring',
  threshold: 'the field for δ',
  convention: 'the way of counting k',
  legend: 'the legend of the colours',
  spectrum: 'the panel Spectrum',
  curves: 'the panel Loss and accuracy',
  surface: 'the panel Decision surface or Reconstruction',
  insights: 'the panel Insights',
  depth: 'the panel Depth',
  confusion: 'the panel Confusion',
  tryit: 'the panel Try it',
  comparison: 'the panel Comparison',
} as const

export type HideablePart = keyof typeof hideable

/** How the page was asked to look by its address; nothing here changes a number. */
export interface PageOptions {
  /** In a frame of another page: heatmap, play bar and a link to the whole page. */
  readonly isEmbedded: boolean
  /** Everything a third larger, for a projector. */
  readonly isLarge: boolean
  readonly hidden: ReadonlySet<HideablePart>
  /** What `?hide=` named that the page does not know. */
  readonly unknown: readonly string[]
}

/** What a frame has no room for. */
const embeddedHides: readonly HideablePart[] = [
  'runs',
  'hint',
  'data',
  'network',
  'learning',
  'measuring',
  'spectrum',
  'curves',
  'surface',
  'insights',
  'depth',
  'confusion',
  'tryit',
  'comparison',
]

/** Reads `?embed`, `?large` and `?hide=network,data`. @param search of the address, with its “?”. */
export function readPageOptions(search: string): PageOptions {
  const query = new URLSearchParams(search)
  const named = query
    .getAll('hide')
    .flatMap((list) => list.split(','))
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '')
  const isEmbedded = isOn(query.get('embed'))
  const parts: readonly HideablePart[] = isEmbedded ? embeddedHides : []
  return {
    isEmbedded,
    isLarge: isOn(query.get('large')),
    hidden: new Set([...parts, ...named.filter(isHideable)]),
    unknown: [...new Set(named.filter((name) => !isHideable(name)))],
  }
}

/** “?embed”, “?embed=1” and “?embed=yes” ask for it; “?embed=0” and “?embed=false” do not. */
function isOn(value: string | null): boolean {
  return value !== null && !/^(0|false|no|off)$/i.test(value.trim())
}

function isHideable(name: string): name is HideablePart {
  return Object.hasOwn(hideable, name)
}

/** “There is nothing called “netwrok” to hide. …”; undefined where all names are known. */
export function describeUnknown(unknown: readonly string[]): string | undefined {
  if (unknown.length === 0) return undefined
  const names = unknown.map((name) => `“${name}”`).join(' or ')
  return `There is nothing called ${names} to hide. What can be hidden: ${Object.keys(hideable).join(', ')}.`
}
