import { describeSpectrum, type SpectrumOptions } from '../../metrics/layerSpectrum'
import type { HistoryColumn, StartedRun } from '../../runs/state'
import { formatCount } from '../common/format'
import type { Plot } from '../charts/plot'
import { formatShare } from '../charts/numbers'
import type { Band } from './cellLayout'
import { describeCaution, describeDirections, describeOthers } from './rowText'
import styles from './saturation.module.css'

interface ReadoutProps {
  readonly output: StartedRun['outputs'][number]
  readonly row: number
  readonly column: HistoryColumn
  readonly options: SpectrumOptions
  readonly plot: Plot
  readonly chartWidth: number
  readonly band: Band
}

/** Pixels between the crosshair and the readout. */
const distance = 14
const widest = 280

/** What the cell under the crosshair says, in words; on the side of the crosshair that has room. */
export function Readout({ output, row, column, options, plot, chartWidth, band }: ReadoutProps) {
  const measured = column.spectra[row]
  if (!measured) return null
  const spectrum = describeSpectrum(measured, output.width, options)
  const others = describeOthers(measured, spectrum, output.width)
  const caution = describeCaution(spectrum)
  const x = plot.x(column.step)
  const isLeft = x > chartWidth / 2
  const middle = plot.top + band.start + band.size / 2
  const isAbove = middle > plot.top + plot.height / 2
  const style = {
    left: isLeft ? x - distance : x + distance,
    maxWidth: Math.min(widest, (isLeft ? x : chartWidth - x) - distance),
    top: middle,
    transform: `translate(${isLeft ? '-100%' : '0'}, ${isAbove ? '-100%' : '0'})`,
  }
  return (
    <div className={styles['readout']} style={style} aria-hidden="true">
      <p className={styles['place']}>
        {output.name} · step {formatCount(column.step)}
      </p>
      <p className={styles['finding']}>
        {describeDirections(spectrum, output.width)}
        {spectrum.state === 'ok' && ` · ${formatShare(spectrum.saturation)}`}
      </p>
      {others !== undefined && <p>{others}</p>}
      {caution !== undefined && <p className={styles['warning']}>{caution}</p>}
    </div>
  )
}
