import type { CSSProperties } from 'react'
import { layerWidth, nameAt } from '../../experiment/layerNames'
import { everyLayer, layerAt, type LayerPlace } from '../../experiment/layerPlace'
import type { WeightedLayerSpec } from '../../experiment/spec'
import { intrinsicDimension } from '../../metrics/varianceSums'
import { activeRun } from '../../runs/contenders'
import type { PageState } from '../../runs/state'
import { formatCount } from '../common/format'
import { usePage } from '../pageContext'
import { useSpecEditor } from '../settings/useSpecEditor'
import { useModel } from './modelContext'
import styles from './UsageBar.module.css'
import { WidthHandle } from './WidthHandle'

interface UsageBarProps {
  /** Of the layer: “hidden 2”. */
  readonly name: string
  readonly place: LayerPlace
  /** As it is shown, with the width of a preview. */
  readonly layer: WeightedLayerSpec
  /** The output has no width to choose. */
  readonly isOutput: boolean
}

/**
 * The layer's width as a length and, within it, the directions it uses (k of the newest column). Below each other the
 * bars draw the network's outline, and the dark part the network that would have been enough.
 */
export function UsageBar({ name, place, layer, isOutput }: UsageBarProps) {
  const { scaleOf, draggedId, onPreview, onWidth } = useModel()
  const { spec } = useSpecEditor()
  const width = layerWidth(layer) ?? 0
  const committed = layerWidth(layerAt(spec.layers, place) ?? layer) ?? width
  const scale = scaleOf(layer)
  const used = usePage((state) => usedDirections(state, layer.id))
  const threshold = usePage((state) => state.view.threshold)
  const percent = Number((threshold * 100).toFixed(2))
  const lengths = {
    '--width': scale.toLength(width),
    '--used': scale.toLength(Math.min(used ?? 0, width)),
    '--mark': scale.toLength(used ?? 0),
  } as CSSProperties
  return (
    <div
      className={styles['usage']}
      title={used === undefined ? undefined : `${used} directions hold ${percent} % of the variance of this layer`}
    >
      <div className={styles['track']} style={lengths} data-dragged={draggedId === layer.id}>
        <div className={styles['bar']} />
        {used !== undefined && (
          <>
            <div className={styles['used']} />
            <div className={styles['mark']} data-beyond={used > width} />
          </>
        )}
        {!isOutput && (
          <WidthHandle
            {...{ name, used, scale, width, committed }}
            noun={layer.kind === 'dense' ? 'unit' : 'channel'}
            onPreview={(next) => onPreview(layer.id, next)}
            onWidth={(next) => onWidth(place, next)}
          />
        )}
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
  const found = everyLayer(layers).find(({ layer }) => layer.id === layerId)
  if (!found) return undefined
  const name = nameAt(layers, found.place)
  const output = run.started.outputs.findIndex((tracked) => tracked.name === name)
  // Of maps that are taken whole, k is no number of channels.
  if (run.started.outputs[output]?.width !== layerWidth(found.layer)) return undefined
  const measured = run.history.columns.at(-1)?.spectra[output]
  if (!measured || measured.state === 'non-finite') return undefined
  return intrinsicDimension(measured, view.threshold, view.convention)
}
