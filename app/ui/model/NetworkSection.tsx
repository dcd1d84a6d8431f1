import { useId, useMemo, useRef, useState } from 'react'
import { describeArchitecture } from '../../experiment/architecture'
import { setWidth } from '../../experiment/edits'
import { layerWidth } from '../../experiment/layerNames'
import { everyLayer } from '../../experiment/layerPlace'
import { numberSettings } from '../../experiment/settings'
import type { LayerSpec } from '../../experiment/spec'
import { positionsOf } from '../../experiment/tensorShape'
import { visuallyHidden } from '../common/visuallyHidden'
import { useCommands } from '../pageContext'
import { FaultLine } from '../settings/FaultLine'
import { Section } from '../settings/Section'
import { useDataShape } from '../settings/useDataShape'
import { useSpecEditor } from '../settings/useSpecEditor'
import { findLayerFields } from './layerFields'
import { LayerList } from './LayerList'
import { LayerPalette } from './LayerPalette'
import { ModelProvider } from './modelContext'
import { NetworkCost } from './NetworkCost'
import styles from './NetworkSection.module.css'
import { useLayerActions } from './useLayerActions'
import { widthScale, type WidthScale } from './widthScale'

/** A layer's width while its handle moves. */
interface WidthPreview {
  /** Of the layer. */
  readonly id: number
  readonly width: number
}

/** The layers from input to output, each with what it uses of its width, and what they cost together. */
export function NetworkSection() {
  const { spec } = useSpecEditor()
  const commands = useCommands()
  const data = useDataShape()
  const section = useRef<HTMLElement>(null)
  const actions = useLayerActions(section)
  const [preview, setPreview] = useState<WidthPreview>()
  const faultId = useId()

  const previewed = preview && everyLayer(spec.layers).find(({ layer }) => layer.id === preview.id)
  const shown = previewed ? setWidth(spec, previewed.place, preview.width) : spec
  const architecture = data && describeArchitecture(shown, data)
  const image = data && positionsOf(data.shape) > 1 ? data.shape : undefined
  const fields = useMemo(() => image && findLayerFields(shown.layers, image), [image, shown.layers])
  // The bars keep their scale while a hand moves one of them.
  const scaleOf = useMemo(() => widthScales(spec.layers), [spec.layers])
  return (
    <Section
      title="Network"
      element={section}
      action={
        <span className={styles['add']} data-adds>
          <LayerPalette spec={spec} data={data?.shape} onAdd={actions.add} />
        </span>
      }
    >
      <ModelProvider
        value={{
          spec: shown,
          shapes: architecture?.layers,
          fields,
          actions,
          scaleOf,
          draggedId: preview?.id,
          onPreview: (id, width) => setPreview(width === undefined ? undefined : { id, width }),
          onWidth: (place, width) => commands.setWidth(place, width),
        }}
      >
        <LayerList />
      </ModelProvider>
      <FaultLine id={faultId} path="layers" />
      {architecture && <NetworkCost architecture={architecture} batchSize={spec.training.batchSize} />}
      <output className={visuallyHidden} aria-live="polite">
        {actions.news}
      </output>
    </Section>
  )
}

/** Units and channels are counted in different things, so that 16 channels are no short bar beside 512 units. */
function widthScales(layers: readonly LayerSpec[]): (layer: LayerSpec) => WidthScale {
  const widest = (isDense: boolean) =>
    Math.max(
      1,
      ...everyLayer(layers).map(({ layer }) => ((layer.kind === 'dense') === isDense ? (layerWidth(layer) ?? 0) : 0)),
    )
  const units = widthScale(widest(true), numberSettings['layers.units'].range.maximum)
  const channels = widthScale(widest(false), numberSettings['layers.channels'].range.maximum)
  return ({ kind }) => (kind === 'dense' ? units : channels)
}
