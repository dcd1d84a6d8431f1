import {
  dataChoices,
  initialisationChoices,
  lossChoices,
  optimizerChoices,
  outputChoices,
  samplingChoices,
  scheduleChoices,
  sourceChoices,
  standardiseChoices,
  taskChoices,
  type Choice,
} from '../../experiment/choices'
import type { Leaf } from '../../experiment/paths'
import { numberSettings } from '../../experiment/settings'
import { formatSetting } from '../common/format'

interface ChoiceWords {
  readonly choices: Readonly<Record<string, Choice>>
  readonly say: (label: string) => string
}

const start: ChoiceWords = { choices: initialisationChoices, say: (label) => `${label} start` }

const choiceWords: Readonly<Record<string, ChoiceWords>> = {
  'data.kind': { choices: dataChoices, say: (label) => `data: ${label}` },
  'data.standardise': { choices: standardiseChoices, say: (label) => `standardised: ${lowerFirst(label)}` },
  'data.task': { choices: taskChoices, say: (label) => `predicts ${lowerFirst(label)}` },
  initialisation: start,
  'initialisation.kind': start,
  'loss.kind': { choices: lossChoices, say: lowerFirst },
  'optimizer.kind': { choices: optimizerChoices, say: (label) => label },
  'schedule.kind': { choices: scheduleChoices, say: (label) => `schedule: ${lowerFirst(label)}` },
  'monitor.source': { choices: sourceChoices, say: (label) => `measured on ${lowerFirst(label)}` },
  'monitor.output': { choices: outputChoices, say: (label) => `measured ${lowerFirst(label)}` },
  'monitor.sampling': { choices: samplingChoices, say: (label) => `measured: ${lowerFirst(label)}` },
}

/** What a setting of a spec is, as one would say it: “learning rate 0.01”, “He start”, “batch 32 samples”. */
export function describeSetting(path: string, value: Leaf): string {
  if (path.startsWith('monitor.layers')) return 'other layers measured'
  const choice = choiceWords[path]
  const label = choice?.choices[String(value)]?.label
  if (choice && label !== undefined) return choice.say(label)
  const setting = Object.entries(numberSettings).find(([known]) => known === path)?.[1]
  if (!setting) return `${wordsOf(path)} ${value ?? 'as guessed'}`
  if (typeof value !== 'number') return `${lowerFirst(setting.label)}: ${value ?? 'none'}`
  const unit = setting.unit === undefined ? '' : ` ${setting.unit}`
  return `${lowerFirst(setting.label)} ${formatSetting(value)}${unit}`
}

/** “Batch” → “batch”; abbreviations and letters with an index stay: “SGD”, “L1 penalty”. */
function lowerFirst(label: string): string {
  return /^[A-Z][a-z]/.test(label) ? label[0]!.toLowerCase() + label.slice(1) : label
}

/** “data.target” → “target”. */
function wordsOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1)
}
