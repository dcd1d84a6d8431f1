import { isAugmented, mostCrop } from '../../experiment/augmentation'
import { flipChoices } from '../../experiment/choices'
import type { AugmentationSpec } from '../../experiment/spec'
import { positionsOf } from '../../experiment/tensorShape'
import { ChoiceSetting } from './ChoiceSetting'
import { NumberSetting } from './NumberSetting'
import { More } from './Section'
import { useDataShape } from './useDataShape'
import { useSpecEditor } from './useSpecEditor'

/** Chance changes of training images; of other data only what has to be turned off again. */
export function AugmentationSettings() {
  const { spec, edit } = useSpecEditor()
  const shape = useDataShape()?.shape
  const { training } = spec
  const { augmentation } = training
  const isOn = isAugmented(augmentation)
  if (!isOn && (!shape || positionsOf(shape) === 1)) return null
  const set = (change: Partial<AugmentationSpec>) =>
    edit((before) => ({ ...before, training: { ...training, augmentation: { ...augmentation, ...change } } }))
  return (
    <More label="Random crops and flips" isNews={isOn}>
      <NumberSetting
        path="training.augmentation.crop"
        value={augmentation.crop}
        {...(shape && { maximum: mostCrop(shape) })}
        onCommit={(crop) => set({ crop })}
      />
      <ChoiceSetting
        label="Random flip"
        path="training.augmentation.flip"
        value={augmentation.flip ? 'true' : 'false'}
        choices={flipChoices}
        onChange={(flip) => set({ flip: flip === 'true' })}
      />
    </More>
  )
}
