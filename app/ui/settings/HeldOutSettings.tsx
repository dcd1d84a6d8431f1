import { heldOutChoices } from '../../experiment/choices'
import { isFileData } from '../../experiment/dataKinds'
import { numberSettings } from '../../experiment/settings'
import type { DataSpec } from '../../experiment/dataSpec'
import { ChoiceSetting } from './ChoiceSetting'
import { NumberSetting } from './NumberSetting'

interface HeldOutSettingsProps {
  readonly data: DataSpec
  readonly set: (data: DataSpec) => void
}

/** How many samples are kept from training, and of files which: generated ones come in random order anyway. */
export function HeldOutSettings({ data, set }: HeldOutSettingsProps) {
  const { heldOut } = data
  const choose = (kind: keyof typeof heldOutChoices) =>
    set({
      ...data,
      heldOut:
        kind === 'share'
          ? numberSettings['data.heldOut'].default
          : { last: numberSettings['data.heldOut.last'].default },
    })
  return (
    <>
      {isFileData(data) && (
        <ChoiceSetting
          label="Hold out"
          path="data.heldOut.kind"
          value={typeof heldOut === 'number' ? 'share' : 'last'}
          choices={heldOutChoices}
          onChange={choose}
        />
      )}
      {typeof heldOut === 'number' ? (
        <NumberSetting path="data.heldOut" value={heldOut} onCommit={(share) => set({ ...data, heldOut: share })} />
      ) : (
        <NumberSetting
          path="data.heldOut.last"
          control="field"
          value={heldOut.last}
          onCommit={(last) => set({ ...data, heldOut: { last } })}
        />
      )}
    </>
  )
}
