import type { LayerSpectrum } from '../../metrics/layerSpectrum'
import { formatCount } from '../common/format'
import { Term } from '../common/Term'
import { formatMeasure } from '../charts/numbers'
import styles from './spectrum.module.css'

const measures: readonly { readonly name: string; readonly term: Measure }[] = [
  { name: 'total variance', term: 'trace' },
  { name: 'effective rank', term: 'effectiveRank' },
  { name: 'participation ratio', term: 'participationRatio' },
  { name: 'stable rank', term: 'stableRank' },
]
/** Under the same name in the spectrum as in the glossary. */
type Measure = 'trace' | 'effectiveRank' | 'participationRatio' | 'stableRank'

/** The other measures of the same spectrum; none of them needs a δ. */
export function SpectrumTable({ spectrum }: { readonly spectrum: LayerSpectrum | undefined }) {
  return (
    <dl className={styles['table']}>
      {measures.map(({ name, term }) => (
        <div key={term} className={styles['measure']}>
          <dt>
            <Term name={name} id={term} />
          </dt>
          <dd title={spectrum && String(spectrum[term])}>{spectrum ? formatMeasure(spectrum[term]) : '–'}</dd>
        </div>
      ))}
    </dl>
  )
}

/** How the numbers were got: “n = 1,280 · 10 per feature · jacobi, 7 sweeps”; of images “n = 400 × 196 · …”. */
export function Origin({ spectrum }: { readonly spectrum: LayerSpectrum }) {
  const { samples, images, samplesPerFeature, solver, sweeps } = spectrum
  const n = images === undefined ? formatCount(samples) : `${formatCount(images)} × ${formatCount(samples / images)}`
  const perFeature = Number(samplesPerFeature.toPrecision(samplesPerFeature < 10 ? 2 : 3))
  return (
    <>
      {`n = ${n} · ${perFeature} per feature · `}
      <Term name={solver} id="solver" look="quiet" />
      {sweeps > 0 && `, ${sweeps} ${sweeps === 1 ? 'sweep' : 'sweeps'}`}
    </>
  )
}
