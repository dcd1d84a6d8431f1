import { activationChoices } from '../../experiment/choices'
import { setActivation } from '../../experiment/edits'
import type { LayerPlace } from '../../experiment/layerPlace'
import type { LayerSpec, ResidualLayerSpec, WeightedLayerSpec } from '../../experiment/spec'
import { Select } from '../common/Select'
import { optionsOf } from '../settings/ChoiceSetting'
import { useSpecEditor } from '../settings/useSpecEditor'
import { InlineNumber } from './InlineNumber'
import styles from './LayerRow.module.css'
import { useModel } from './modelContext'

interface LayerControlsProps {
  /** Of the layer: “hidden 2”. */
  readonly name: string
  readonly place: LayerPlace
  /** As it is shown, with the width of a preview. */
  readonly layer: LayerSpec
  readonly isOutput: boolean
}

/** What every row has in plain sight, by the kind of its layer. */
export function LayerControls({ name, place, layer, isOutput }: LayerControlsProps) {
  const at = { name, place }
  switch (layer.kind) {
    case 'dense':
    case 'conv':
    case 'transposedConv':
      return (
        <>
          {layer.kind === 'dense' ? (
            <InlineNumber {...at} field="units" value={layer.units} />
          ) : (
            <InlineNumber {...at} field="channels" value={layer.channels} />
          )}
          <ActivationField {...at} layer={layer} isOutput={isOutput} />
        </>
      )
    case 'maxPool':
    case 'averagePool':
      return (
        <>
          <InlineNumber {...at} field="size" value={layer.size} />
          <span className={styles['quiet']}>stride {layer.stride}</span>
        </>
      )
    case 'upsample':
      return (
        <>
          <InlineNumber {...at} field="factor" value={layer.factor} />
          <span className={styles['quiet']}>as large</span>
        </>
      )
    case 'globalAveragePool':
      return <span className={styles['fixed']}>one per channel</span>
    case 'flatten':
      return <span className={styles['fixed']}>a plain list</span>
    case 'residual':
      return <BlockSummary block={layer} place={place} />
  }
}

interface ActivationFieldProps extends Omit<LayerControlsProps, 'layer'> {
  readonly layer: WeightedLayerSpec
}

function ActivationField({ name, place, layer, isOutput }: ActivationFieldProps) {
  const { edit } = useSpecEditor()
  if (isOutput) {
    return (
      <span className={styles['fixed']} title="The loss applies its own activation function.">
        linear
      </span>
    )
  }
  return (
    <Select
      label={`${name}, activation function`}
      value={layer.activation}
      options={optionsOf(activationChoices)}
      onChange={(activation) => edit((before) => setActivation(before, place, activation))}
    />
  )
}

/** “2 layers + identity”: what the block adds to what. */
function BlockSummary({ block, place }: { readonly block: ResidualLayerSpec; readonly place: LayerPlace }) {
  const { shapes } = useModel()
  const shape = typeof place === 'number' ? shapes?.[place] : undefined
  const count = block.layers.length
  const past = shape && (shape.inner.length > count ? ' + projection' : ' + identity')
  return (
    <span className={styles['fixed']}>
      {count} {count === 1 ? 'layer' : 'layers'}
      {past}
    </span>
  )
}
