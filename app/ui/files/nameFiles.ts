import { formatCount } from '../common/format'

/** Names written out; of more than this only the first. */
const MOST_NAMES = 3

/** “a.png, b.png, c.png and 1,997 more”, or of a folder “flowers: 2,000 files”. */
export function nameFiles(names: readonly string[]): string {
  const [folder, ...rest] = new Set(names.map((name) => (name.includes('/') ? name.split('/')[0] : undefined)))
  if (folder !== undefined && rest.length === 0) return `${folder}: ${formatCount(names.length)} files`
  const shown = names.slice(0, MOST_NAMES).join(', ')
  return names.length > MOST_NAMES ? `${shown} and ${formatCount(names.length - MOST_NAMES)} more` : shown
}
