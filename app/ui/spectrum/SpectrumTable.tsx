import type { LayerSpectrum } from '../../metrics/layerSpectrum'
import { formatCount } from '../common/format'
import { Term } from '../common/Term'
import { formatMeasure } from '../charts/numbers'
import styles from './spectrum.module.css'

const measures: readonly { readonly name: string; readonly key: MeasureKey; readonly meaning: string }[] = [
  {
    name: 'total variance',
    key: 'trace',
    meaning: 'The trace Σλ: how far the layer’s activations spread over the samples, all directions together.',
  },
  {
    name: 'effective rank',
    key: 'effectiveRank',
    meaning:
      'How many equally strong directions would be as unpredictable: exp(−Σ p ln p) with p = λ/Σλ. Weak directions count a little.',
  },
  {
    name: 'participation ratio',
    key: 'participationRatio',
    meaning: 'How many directions really take part: (Σλ)²/Σλ². Weak directions hardly count.',
  },
  {
    name: 'stable rank',
    key: 'stableRank',
    meaning:
      'Total variance in units of the strongest direction: Σλ/λ₁. It is 1 when one direction carries everything.',
  },
]
type MeasureKey = 'trace' | 'effectiveRank' | 'participationRatio' | 'stableRank'

/** The other measures of the same spectrum; none of them needs a δ. */
export function SpectrumTable({ spectrum }: { readonly spectrum: LayerSpectrum | undefined }) {
  return (
    <dl className={styles['table']}>
      {measures.map(({ name, key, meaning }) => (
        <div key={key} className={styles['measure']}>
          <dt>
            <Term name={name}>{meaning}</Term>
          </dt>
          <dd title={spectrum && String(spectrum[key])}>{spectrum ? formatMeasure(spectrum[key]) : '–'}</dd>
        </div>
      ))}
    </dl>
  )
}

/** How the numbers were got: “n = 1,280 · 10 per feature · jacobi, 7 sweeps”. */
export function describeOrigin({ samples, samplesPerFeature, solver, sweeps }: LayerSpectrum): string {
  const perFeature = Number(samplesPerFeature.toPrecision(samplesPerFeature < 10 ? 2 : 3))
  const worked = sweeps > 0 ? `, ${sweeps} ${sweeps === 1 ? 'sweep' : 'sweeps'}` : ''
  return `n = ${formatCount(samples)} · ${perFeature} per feature · ${solver}${worked}`
}
