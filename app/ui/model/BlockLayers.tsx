import { defaultLayers } from '../../experiment/defaults'
import { nameAt } from '../../experiment/layerNames'
import { describeShape } from '../../experiment/layerShapes'
import type { ResidualLayerSpec } from '../../experiment/spec'
import { Button } from '../common/Button'
import { formatCount } from '../common/format'
import { Icon } from '../common/Icon'
import { Term } from '../common/Term'
import styles from './BlockLayers.module.css'
import { useShape } from './LayerFigures'
import { LayerRow } from './LayerRow'
import { useModel } from './modelContext'
import { RowMenu } from './RowMenu'

interface BlockLayersProps {
  readonly index: number
  readonly block: ResidualLayerSpec
}

/** The layers that a residual block holds, in order, and what its input goes through on the way past them. */
export function BlockLayers({ index, block }: BlockLayersProps) {
  const { spec, actions } = useModel()
  const count = block.layers.length
  const name = nameAt(spec.layers, index)
  return (
    <div className={styles['block']}>
      <ol className={styles['layers']} aria-label={`Layers of ${name}`}>
        {block.layers.map(({ id }, inner) => (
          <LayerRow
            key={id}
            place={[index, inner]}
            menu={
              <RowMenu
                name={nameAt(spec.layers, [index, inner])}
                place={[index, inner]}
                isFirst={inner === 0}
                isLast={inner === count - 1}
                canGo={count > 1}
              />
            }
          />
        ))}
      </ol>
      <ShortCut index={index} count={count} />
      <Button look="quiet" onClick={() => actions.add(block.layers.at(-1) ?? defaultLayers.conv, [index, count])}>
        <Icon name="plus" />
        Add a layer to {name}
      </Button>
    </div>
  )
}

/** “Past them: 1×1 projection, 28×28×16 → 14×14×32 · 544 parameters”. */
function ShortCut({ index, count }: { readonly index: number; readonly count: number }) {
  const projection = useShape([index, count])
  return (
    <p className={styles['past']}>
      Past them:{' '}
      {projection ? (
        <>
          <Term name="projection" id="projection" look="quiet" />, {describeShape(projection.input)} →{' '}
          {describeShape(projection.output)} · {formatCount(projection.parameters)} parameters
        </>
      ) : (
        'the input as it is'
      )}
    </p>
  )
}
