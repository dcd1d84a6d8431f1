import { describeSpectrum, type LayerSpectrum, type SpectrumOptions } from '../../metrics/layerSpectrum'
import type { MeasuredSpectrum } from '../../metrics/spectrum'
import type { Letter } from '../../runs/state'
import { formatShare } from '../charts/numbers'
import { formatPoints } from './differenceText'
import { describeCaution, describeDirections, describeOthers, describeRow } from './rowText'
import styles from './saturation.module.css'

interface SaturationFindingProps {
  readonly measured: MeasuredSpectrum
  readonly width: number
  readonly options: SpectrumOptions
}

/** What one cell says, in sentences. */
export function SaturationFinding({ measured, width, options }: SaturationFindingProps) {
  const spectrum = describeSpectrum(measured, width, options)
  const others = describeOthers(measured, spectrum, width)
  const caution = describeCaution(spectrum)
  return (
    <>
      <p className={styles['finding']}>
        {describeDirections(spectrum, width)}
        {spectrum.state === 'ok' && ` · ${formatShare(spectrum.saturation)}`}
      </p>
      {others !== undefined && <p>{others}</p>}
      {caution !== undefined && <p className={styles['warning']}>{caution}</p>}
    </>
  )
}

/** A layer of one run, as it was measured. */
export interface MeasuredLayer {
  readonly letter: Letter
  readonly measured: MeasuredSpectrum
  readonly width: number
}

interface DifferenceFindingProps {
  readonly own: MeasuredLayer
  readonly baseline: MeasuredLayer
  readonly options: SpectrumOptions
}

/** What a difference is between: “+6 points”, “B: 11 of 64 · 17 %”, “A: 7 of 64 · 11 %”. */
export function DifferenceFinding({ own, baseline, options }: DifferenceFindingProps) {
  const layers = [own, baseline].map((layer) => ({
    ...layer,
    spectrum: describeSpectrum(layer.measured, layer.width, options),
  }))
  const [first, second] = layers.map(({ spectrum }) => usedShare(spectrum))
  const caution = layers.map(({ spectrum }) => describeCaution(spectrum)).find((text) => text !== undefined)
  return (
    <>
      {first !== undefined && second !== undefined && (
        <p className={styles['finding']}>{formatPoints(first - second)}</p>
      )}
      {layers.map(({ letter, spectrum, width }) => {
        const { count, share } = describeRow(spectrum, width)
        return <p key={letter}>{`${letter}: ${count}${share && ` · ${share}`}`}</p>
      })}
      {caution !== undefined && <p className={styles['warning']}>{caution}</p>}
    </>
  )
}

/** A dead layer uses nothing. */
function usedShare({ state, saturation }: LayerSpectrum): number | undefined {
  return state === 'ok' || state === 'dead' ? saturation : undefined
}
