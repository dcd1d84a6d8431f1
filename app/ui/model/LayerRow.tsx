import { useId, useState, type CSSProperties, type ReactNode } from 'react'
import { hasWeights, nameAt } from '../../experiment/layerNames'
import { layerAt, pathOf, type LayerPlace } from '../../experiment/layerPlace'
import { activeDraft } from '../../runs/contenders'
import { draftFaults } from '../../runs/draftFaults'
import { Icon } from '../common/Icon'
import { usePage } from '../pageContext'
import { FaultLine } from '../settings/FaultLine'
import { useFault } from '../settings/useSpecEditor'
import { LayerControls } from './LayerControls'
import { LayerDetails } from './LayerDetails'
import { BorderMark, ImageLine, LayerFigures } from './LayerFigures'
import styles from './LayerRow.module.css'
import { useModel } from './modelContext'
import { OutputDetails } from './OutputDetails'
import { UsageBar } from './UsageBar'

interface LayerRowProps {
  readonly place: LayerPlace
  /** CSS pixels by which the row is dragged from its place; undefined while it is not. */
  readonly lifted?: number | undefined
  /** By which it is dragged and what can be done with it; the output has neither. */
  readonly grip?: ReactNode
  readonly menu?: ReactNode
  /** The rows of what a block holds, while it is open. */
  readonly inner?: ReactNode
}

/** One layer: what matters of its kind in plain sight, everything else when its name is opened. */
export function LayerRow({ place, lifted, grip, menu, inner }: LayerRowProps) {
  const { spec } = useModel()
  const [isAsked, setAsked] = useState(false)
  const detailsId = useId()
  const hasHidden = useHiddenFault(place)
  const layer = layerAt(spec.layers, place)
  if (!layer) return null
  const name = nameAt(spec.layers, place)
  const output = place === spec.layers.length - 1 ? place : undefined
  const isOutput = output !== undefined
  // What is wrong has to be seen.
  const isOpen = isAsked || hasHidden
  return (
    <li
      className={styles['layer']}
      style={{ '--lifted': `${lifted ?? 0}px` } as CSSProperties}
      data-layer={layer.id}
      data-plain={!hasWeights(layer)}
      data-lifted={lifted !== undefined}
    >
      <BorderMark place={place} isOpen={isOpen} />
      {grip}
      <button
        type="button"
        className={styles['name']}
        data-name
        aria-expanded={isOpen}
        aria-controls={detailsId}
        aria-label={name}
        aria-keyshortcuts={isOutput ? undefined : 'Alt+ArrowUp Alt+ArrowDown'}
        onClick={() => setAsked(!isOpen)}
      >
        <Icon name="chevron" />
        <span className={styles['text']} title={name}>
          {shortName(name, place)}
        </span>
      </button>
      <LayerControls {...{ name, place, layer, isOutput }} />
      {menu}
      <ImageLine place={place} />
      {hasWeights(layer) && <UsageBar {...{ name, place, layer, isOutput }} />}
      <RowFaults path={pathOf(place)} isOutput={isOutput} />
      <div id={detailsId} className={styles['details']} hidden={!isOpen}>
        {isOpen && inner}
        {output === undefined ? (
          <LayerDetails place={place} layer={layer} />
        ) : (
          <OutputDetails place={output} layer={layer} />
        )}
        <LayerFigures place={place} />
      </div>
    </li>
  )
}

/** Within a block, which stands above, its name need not be said again. */
function shortName(name: string, place: LayerPlace): string {
  return typeof place === 'number' ? name : name.replace(/^block \d+ /, '')
}

/** Faults of the layer that belong to no field that is in plain sight. */
function RowFaults({ path, isOutput }: { readonly path: string; readonly isOutput: boolean }) {
  const fields = ['activation', ...(isOutput ? ['dropout', 'normalisation'] : [])]
  return [path, ...fields.map((field) => `${path}.${field}`)].map((one) => <RowFault key={one} path={one} />)
}

function RowFault({ path }: { readonly path: string }) {
  const id = useId()
  return (
    useFault(path) && (
      <div className={styles['fault']}>
        <FaultLine id={id} path={path} />
      </div>
    )
  )
}

const IN_DETAILS = /^\.(kernel|stride|padding|dilation|groups|normalisation|dropout|order|layers\..+)$/

/** Whether something is wrong with what a closed row does not show. */
function useHiddenFault(place: LayerPlace): boolean {
  const path = pathOf(place)
  return usePage((state) =>
    draftFaults(activeDraft(state)).some(
      (fault) => fault.path.startsWith(path) && IN_DETAILS.test(fault.path.slice(path.length)),
    ),
  )
}
