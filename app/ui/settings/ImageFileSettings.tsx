import { grayscaleChoices } from '../../experiment/choices'
import type { Cifar10Data, DataSpec, IdxData, ImagesData } from '../../experiment/dataSpec'
import { ChoiceSetting } from './ChoiceSetting'
import { NumberSetting, OptionalNumberSetting } from './NumberSetting'

interface ImageFileSettingsProps {
  readonly data: IdxData | Cifar10Data | ImagesData
  readonly set: (data: DataSpec) => void
}

/** What is made of images from files: their size and their colours. */
export function ImageFileSettings({ data, set }: ImageFileSettingsProps) {
  return (
    <>
      {data.kind === 'images' ? (
        <NumberSetting path="data.resize" value={data.resize} onCommit={(resize) => set({ ...data, resize })} />
      ) : (
        <OptionalNumberSetting
          path="data.resize"
          value={data.resize}
          empty="as is"
          onCommit={(resize) => set({ ...data, resize })}
        />
      )}
      {'grayscale' in data && (
        <ChoiceSetting
          label="Colour"
          path="data.grayscale"
          value={data.grayscale ? 'true' : 'false'}
          choices={grayscaleChoices}
          onChange={(grayscale) => set({ ...data, grayscale: grayscale === 'true' })}
        />
      )}
    </>
  )
}
