import type { Leaf } from '../../experiment/paths'
import { settingName, settingUnit, settingValue } from '../../runs/namedSettings'
import { formatSetting } from '../common/format'

/** What a setting of a spec is, in a few words and by the name it has in the table: “learning rate 0.01”, “starting weights: He”. */
export function describeSetting(path: string, value: Leaf): string {
  if (path.startsWith('monitor.layers')) return 'other layers measured'
  const [name, told, unit] = [settingName(path), settingValue(path, value), settingUnit(path)]
  if (typeof told !== 'number') return `${name}: ${told}`
  return `${name} ${formatSetting(told)}${unit === undefined ? '' : ` ${unit}`}`
}
