import { paddingChoices, type Choice } from '../../experiment/choices'
import type { ConvLayerSpec, LayerSpec } from '../../experiment/spec'
import { ChoiceSetting } from '../settings/ChoiceSetting'
import { NumberSetting } from '../settings/NumberSetting'

/** Numbers that a kind of layer has or has not, in this order. */
const NUMBERS = ['kernel', 'stride', 'dilation'] as const

interface WindowSettingsProps {
  /** Of the layer: “layers.2”. */
  readonly path: string
  readonly layer: LayerSpec
  readonly set: (fields: object) => void
}

/** How a layer's window goes over the image; nothing for layers without one. */
export function WindowSettings({ path, layer, set }: WindowSettingsProps) {
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
