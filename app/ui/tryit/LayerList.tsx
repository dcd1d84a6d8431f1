import { useRef } from 'react'
import type { PageState } from '../../runs/state'
import { useElementSize } from '../charts/useElementSize'
import { Term } from '../common/Term'
import { usePage } from '../pageContext'
import { LayerRow } from './LayerRow'
import styles from './tryIt.module.css'

/** What every layer makes of the sample, in the order in which it goes through them. */
export function LayerList() {
  const list = useRef<HTMLOListElement>(null)
  const width = useElementSize(list)?.width
  // Rendered anew when there are other layers, not when they have other values: each row follows its own.
  const names = usePage(layerNames).split('\n')
  return (
    <div className={styles['layers']}>
      <h3 className={styles['heading']}>
        <Term name="Feature maps" id="featureMap" look="quiet" /> and activations
      </h3>
      <ol ref={list}>
        {width !== undefined &&
          names.map((name, index) => (
            <LayerRow key={name} index={index} width={width} isLower={index >= names.length / 2} />
          ))}
      </ol>
    </div>
  )
}

function layerNames({ inspection }: PageState): string {
  return inspection.seen?.layers.map(({ name }) => name).join('\n') ?? ''
}
