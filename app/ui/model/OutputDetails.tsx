import { layerChoices, type Choice } from '../../experiment/choices'
import { changeLayer, makeOutput } from '../../experiment/edits'
import { pathOf } from '../../experiment/layerPlace'
import type { LayerSpec, WeightedLayerSpec } from '../../experiment/spec'
import { elementsOf, positionsOf } from '../../experiment/tensorShape'
import { ChoiceSetting } from '../settings/ChoiceSetting'
import { useDataShape } from '../settings/useDataShape'
import { useSpecEditor } from '../settings/useSpecEditor'
import { WindowSettings } from './WindowSettings'

type OutputKind = WeightedLayerSpec['kind']

const kindChoices: Readonly<Record<OutputKind, Choice>> = {
  dense: layerChoices.dense,
  conv: layerChoices.conv,
  transposedConv: layerChoices.transposedConv,
}

/** Of an output that makes an image: what makes it. Any other output has nothing to choose. */
export function OutputDetails({ place, layer }: { readonly place: number; readonly layer: LayerSpec }) {
  const { spec, edit } = useSpecEditor()
  const sample = useDataShape()?.shape
  if (spec.loss.kind !== 'reconstruction' || !sample || positionsOf(sample) === 1 || !isOutputKind(layer.kind))
    return null
  const path = pathOf(place)
  const widthOf = (kind: OutputKind): number => (kind === 'dense' ? elementsOf(sample) : sample.channels)
  return (
    <>
      <ChoiceSetting
        label="Made by"
        path={`${path}.kind`}
        settingPath="layers.kind"
        value={layer.kind}
        choices={kindChoices}
        onChange={(kind) => edit((before) => makeOutput(before, kind, widthOf(kind)))}
      />
      <WindowSettings
        path={path}
        layer={layer}
        set={(fields) => edit((before) => changeLayer(before, place, (one) => ({ ...one, ...fields })))}
      />
    </>
  )
}

function isOutputKind(kind: LayerSpec['kind']): kind is OutputKind {
  return kind in kindChoices
}
