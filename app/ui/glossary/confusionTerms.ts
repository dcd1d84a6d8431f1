import type { Term } from './term'

/** Words about which classes are taken for which. n_{tp} are the samples of class t that are predicted as p. */
export const confusionTerms = {
  confusionMatrix: {
    name: 'confusion matrix',
    text: 'Counts the samples of each class by what the network takes them for: a row per true class, a column per predicted one. What is right stands on the diagonal; every other cell is a kind of mistake.',
    source: 'opitz2019',
  },
  recall: {
    name: 'recall',
    text: 'Of the samples of a class the share that the network recognises as such.',
    formula: 'r_t = frac{n_{tt}}{Σ_p n_{tp}}',
    source: 'opitz2019',
  },
  precision: {
    name: 'precision',
    text: 'Of the samples that the network takes for a class the share that is of it.',
    formula: 'q_p = frac{n_{pp}}{Σ_t n_{tp}}',
    source: 'opitz2019',
  },
  macroF1: {
    name: 'F1, averaged over classes',
    text: 'A class has a high F1 only where both its recall and its precision are high. The mean over classes gives rare ones the same weight as frequent ones; a class that neither occurs nor is predicted has none.',
    formula: 'F = frac{1}{K} Σ_c frac{2 r_c q_c}{r_c + q_c}',
    source: 'opitz2019',
  },
} satisfies Readonly<Record<string, Term>>
