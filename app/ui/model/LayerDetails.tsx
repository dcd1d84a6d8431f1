import {
  droppedChoices,
  normalisationChoices,
  orderChoices,
  paddingChoices,
  type Choice,
} from '../../experiment/choices'
import { changeLayer } from '../../experiment/edits'
import { pathOf, type LayerPlace } from '../../experiment/layerPlace'
import type { ConvLayerSpec, LayerSpec } from '../../experiment/spec'
import { useCommands } from '../pageContext'
import { ChoiceSetting } from '../settings/ChoiceSetting'
import { NumberSetting } from '../settings/NumberSetting'
import { useSpecEditor } from '../settings/useSpecEditor'

/** Numbers that a kind of layer has or has not, in this order. */
const NUMBERS = ['kernel', 'stride', 'dilation'] as const

interface LayerDetailsProps {
  readonly place: LayerPlace
  readonly layer: LayerSpec
}

/** Everything about a layer that is not in plain sight: only what its kind has. */
export function LayerDetails({ place, layer }: LayerDetailsProps) {
  const { edit } = useSpecEditor()
  const path = pathOf(place)
  const set = (fields: object) => edit((before) => changeLayer(before, place, (one) => ({ ...one, ...fields })))
  const values: Readonly<Record<string, unknown>> = { ...layer }
  return (
    <>
      {NUMBERS.map((field) => {
        const value = values[field]
        return (
          typeof value === 'number' && (
            <NumberSetting
              key={field}
              path={`layers.${field}`}
              faultPath={`${path}.${field}`}
              value={value}
              onCommit={(number) => set({ [field]: number })}
            />
          )
        )
      })}
      {'padding' in layer && (
        <ChoiceSetting
          label="Padding"
          path={`${path}.padding`}
          settingPath="layers.padding"
          value={layer.padding}
          choices={paddingChoices}
          onChange={(padding) => set({ padding })}
        />
      )}
      {layer.kind === 'conv' && <GroupsSetting path={path} layer={layer} onChange={(groups) => set({ groups })} />}
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

const groupChoices: Readonly<Record<'one' | 'several' | 'depthwise', Choice>> = {
  one: { label: 'One', explanation: 'Every channel that comes in is seen by every one that goes out.' },
  several: { label: 'Several', explanation: 'Parts of the channels that do not mix: fewer weights.' },
  depthwise: { label: 'Depthwise', explanation: 'Each channel by itself: the fewest weights.' },
}

interface GroupsSettingProps {
  readonly path: string
  readonly layer: ConvLayerSpec
  readonly onChange: (groups: ConvLayerSpec['groups']) => void
}

function GroupsSetting({ path, layer: { groups }, onChange }: GroupsSettingProps) {
  const kind = groups === 'depthwise' ? groups : groups === 1 ? 'one' : 'several'
  return (
    <>
      <ChoiceSetting
        label="Groups"
        // A number that is wrong is told where it stands.
        path={kind === 'several' ? '' : `${path}.groups`}
        settingPath="layers.groups"
        value={kind}
        choices={groupChoices}
        onChange={(chosen) => onChange(chosen === 'depthwise' ? chosen : chosen === 'one' ? 1 : 2)}
      />
      {groups !== 'depthwise' && groups !== 1 && (
        <NumberSetting path="layers.groups" faultPath={`${path}.groups`} value={groups} onCommit={onChange} />
      )}
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
