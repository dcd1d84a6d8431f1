import { createContext, useContext } from 'react'
import type { LayerShape } from '../../experiment/architecture'
import type { LayerPlace } from '../../experiment/layerPlace'
import type { ExperimentSpec, LayerSpec } from '../../experiment/spec'
import type { LayerFields } from './layerFields'
import type { LayerActions } from './useLayerActions'
import type { WidthScale } from './widthScale'

/** What the rows of the network have in common. */
export interface ModelView {
  /** As it is shown: a layer whose handle moves has the width that the handle stands for. */
  readonly spec: ExperimentSpec
  /** By layer; undefined until the shape of the data is known. */
  readonly shapes: readonly LayerShape[] | undefined
  /** Undefined where the data are no images. */
  readonly fields: LayerFields | undefined
  readonly actions: LayerActions
  /** Bars of units and bars of channels each have their own. */
  readonly scaleOf: (layer: LayerSpec) => WidthScale
  /** Of the layer whose handle moves. */
  readonly draggedId: number | undefined
  /** A handle moves, or no longer does. */
  readonly onPreview: (id: number, width: number | undefined) => void
  /** A handle was let go. */
  readonly onWidth: (place: LayerPlace, width: number) => void
}

const ModelContext = createContext<ModelView | undefined>(undefined)

export const ModelProvider = ModelContext.Provider

export function useModel(): ModelView {
  const model = useContext(ModelContext)
  if (!model) throw new Error('a row of the network stands outside of it')
  return model
}
