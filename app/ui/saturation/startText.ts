import { initialisationChoices, type InitialisationKind } from '../../experiment/choices'
import type { Initialisation } from '../../experiment/spec'
import { formatSetting } from '../common/format'

const rules: Readonly<Record<Exclude<InitialisationKind, 'normal'>, string>> = {
  torch: 'started as PyTorch does',
  he: 'started by He’s rule',
  glorot: 'started by Glorot’s rule',
  lecun: 'started by LeCun’s rule',
}

/** How the weights were initialised, in a few words: “started as PyTorch does”. */
export function describeStart(initialisation: Initialisation): string {
  return typeof initialisation === 'string'
    ? rules[initialisation]
    : `started normal, σ ${formatSetting(initialisation.scale)}`
}

/** The same in two words: “PyTorch start”. */
export function describeStartBriefly(initialisation: Initialisation): string {
  return `${initialisationChoices[typeof initialisation === 'string' ? initialisation : initialisation.kind].label} start`
}
