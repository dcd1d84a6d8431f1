import type { CSSProperties, ReactNode } from 'react'
import { layerNames } from '../../experiment/layerNames'
import type { LayerSpec } from '../../experiment/spec'
import { intrinsicDimension } from '../../metrics/varianceSums'
import { activeRun } from '../../runs/contenders'
import type { PageState } from '../../runs/state'
import { formatCount } from '../common/format'
import { usePage } from '../pageContext'
import styles from './UsageBar.module.css'
import type { WidthScale } from './widthScale'

interface UsageBarProps {
  readonly layer: LayerSpec
  readonly scale: WidthScale
  /** Whether the width follows a hand right now. */
  readonly isDragged: boolean
  /** What changes the width, given k; the output has none. */
  readonly handle: false | ((used: number | undefined) => ReactNode)
}

/**
 * The layer's width as a length and, within it, the directions it uses (k of the newest column). Below each other the
 * bars draw the network's outline, and the dark part the network that would have been enough.
 */
export function UsageBar({ layer, scale, isDragged, handle }: UsageBarProps) {
  const used = usePage((state) => usedDirections(state, layer.id))
  const threshold = usePage((state) => state.view.threshold)
  const percent = Number((threshold * 100).toFixed(2))
  const lengths = {
    '--width': scale.toLength(layer.units),
    '--used': scale.toLength(Math.min(used ?? 0, layer.units)),
    '--mark': scale.toLength(used ?? 0),
  } as CSSProperties
  return (
    <div
      className={styles['usage']}
      title={used === undefined ? undefined : `${used} directions hold ${percent} % of the variance of this layer`}
    >
      <div className={styles['track']} style={lengths} data-dragged={isDragged}>
        <div className={styles['bar']} />
        {used !== undefined && (
          <>
            <div className={styles['used']} />
            <div className={styles['mark']} data-beyond={used > layer.units} />
          </>
        )}
        {handle && handle(used)}
      </div>
      <span className={styles['text']}>{used === undefined ? '' : `uses ${formatCount(used)}`}</span>
    </div>
  )
}

/** k of the layer in the run's newest column; undefined before one, and without numbers. */
function usedDirections(state: PageState, layerId: number): number | undefined {
  const run = activeRun(state)
  const { view } = state
  if (!run) return undefined
  const { layers } = run.spec
  const index = layers.findIndex((layer) => layer.id === layerId)
  const name = layerNames(layers.length)[index]
  const output = run.started.outputs.findIndex((tracked) => tracked.name === name)
  const measured = run.history.columns.at(-1)?.spectra[output]
  if (index < 0 || !measured || measured.state === 'non-finite') return undefined
  return intrinsicDimension(measured, view.threshold, view.convention)
}
