import { useRef } from 'react'
import type { Inspected } from '../../runs/state'
import { useElementSize } from '../charts/useElementSize'
import { Term } from '../common/Term'
import { useCommands, usePage } from '../pageContext'
import { LayerRow } from './LayerRow'
import styles from './tryIt.module.css'

/** What every layer makes of the sample, in the order in which it goes through them. */
export function LayerList({ seen }: { readonly seen: Inspected }) {
  const commands = useCommands()
  const list = useRef<HTMLOListElement>(null)
  const width = useElementSize(list)?.width
  const chosen = usePage((state) => state.inspection.filtersOf)
  return (
    <div className={styles['layers']}>
      <h3 className={styles['heading']}>
        <Term name="Feature maps" id="featureMap" look="quiet" /> and activations
      </h3>
      <ol ref={list}>
        {width !== undefined &&
          seen.layers.map((layer, index) => (
            <LayerRow
              key={layer.name}
              layer={layer}
              width={width}
              isLower={index >= seen.layers.length / 2}
              isLogits={seen.answer.kind === 'probabilities' && index === seen.layers.length - 1}
              isChosen={layer.name === chosen}
              filters={seen.filters?.layer === layer.name ? seen.filters : undefined}
              onChoose={(isChosen) => commands.watchInspection({ filtersOf: isChosen ? layer.name : undefined })}
            />
          ))}
      </ol>
    </div>
  )
}
