import { droppedChoices, normalisationChoices, orderChoices } from '../../experiment/choices'
import { changeLayer } from '../../experiment/edits'
import { pathOf, type LayerPlace } from '../../experiment/layerPlace'
import type { LayerSpec } from '../../experiment/spec'
import { useCommands } from '../pageContext'
import { ChoiceSetting } from '../settings/ChoiceSetting'
import { NumberSetting } from '../settings/NumberSetting'
import { useSpecEditor } from '../settings/useSpecEditor'
import { WindowSettings } from './WindowSettings'

interface LayerDetailsProps {
  readonly place: LayerPlace
  readonly layer: LayerSpec
}

/** Everything about a layer that is not in plain sight: only what its kind has. */
export function LayerDetails({ place, layer }: LayerDetailsProps) {
  const { edit } = useSpecEditor()
  const path = pathOf(place)
  const set = (fields: object) => edit((before) => changeLayer(before, place, (one) => ({ ...one, ...fields })))
  return (
    <>
      <WindowSettings path={path} layer={layer} set={set} />
      {layer.kind === 'residual' && (
        <ChoiceSetting
          label="Activation"
          path={`${path}.order`}
          settingPath="layers.order"
          value={layer.order}
          choices={orderChoices}
          onChange={(order) => set({ order })}
        />
      )}
      {'normalisation' in layer && <FinishingSettings place={place} layer={layer} set={set} />}
    </>
  )
}

interface FinishingSettingsProps {
  readonly place: LayerPlace
  readonly layer: Extract<LayerSpec, { readonly normalisation: string }>
  readonly set: (fields: object) => void
}

/** What becomes of the layer's own result. */
function FinishingSettings({ place, layer, set }: FinishingSettingsProps) {
  const commands = useCommands()
  const path = pathOf(place)
  return (
    <>
      <ChoiceSetting
        label="Normalisation"
        path={`${path}.normalisation`}
        settingPath="layers.normalisation"
        value={layer.normalisation}
        choices={normalisationChoices}
        onChange={(normalisation) => set({ normalisation })}
      />
      <NumberSetting
        path="layers.dropout"
        faultPath={`${path}.dropout`}
        value={layer.dropout}
        onCommit={(dropout) => commands.change({ dropout: { [layer.id]: dropout } })}
      />
      {'dropped' in layer && layer.dropout > 0 && (
        <ChoiceSetting
          label="What is dropped"
          path={`${path}.dropped`}
          settingPath="layers.dropped"
          value={layer.dropped}
          choices={droppedChoices}
          onChange={(dropped) => set({ dropped })}
        />
      )}
    </>
  )
}
