import { memo, useId, useMemo, useRef } from 'react'
import type { LayerMaps } from '../../runs/state'
import { useVisible } from '../charts/useVisible'
import { Button } from '../common/Button'
import { Term } from '../common/Term'
import { useCommands, usePage } from '../pageContext'
import { FilterSheet } from './FilterSheet'
import { mapPixels, scaleOf } from './mapColours'
import { describeFigures, describeSize, mapOf, nameMap } from './mapText'
import { ScaleLegend } from './ScaleLegend'
import { layoutSheet } from './sheetLayout'
import { TileSheet } from './TileSheet'
import styles from './tryIt.module.css'

interface LayerRowProps {
  /** Among the layers that are seen. */
  readonly index: number
  /** Room for the maps, CSS pixels. */
  readonly width: number
  /** Whether it is nearer to the end of the list, where what opens opens upwards. */
  readonly isLower: boolean
}

/** A layer's name, its maps in one scale, and below them its filters where they are asked for. */
export const LayerRow = memo(function LayerRow({ index, width, isLower }: LayerRowProps) {
  const row = useRef<HTMLLIElement>(null)
  const layer = useLayer(index, useVisible(row))
  return (
    <li ref={row} className={styles['layer']}>
      {layer && <LayerBody layer={layer} width={width} isLower={isLower} />}
    </li>
  )
})

/** The layer as it is or, while nobody sees its row, as it last was: most of a deep network is out of sight. */
function useLayer(index: number, isSeen: boolean): LayerMaps | undefined {
  const last = useRef<LayerMaps>(undefined)
  return usePage(({ inspection }) => {
    if (isSeen || !last.current) last.current = inspection.seen?.layers[index]
    return last.current
  })
}

const weighted: readonly LayerMaps['kind'][] = ['dense', 'conv', 'transposedConv']

function LayerBody({ layer, width, isLower }: Omit<LayerRowProps, 'index'> & { readonly layer: LayerMaps }) {
  const filtersId = useId()
  const commands = useCommands()
  const { name, kind, shown, values } = layer
  const isChosen = usePage(({ inspection }) => inspection.filtersOf === name)
  const filters = usePage(({ inspection }) => (isChosen ? inspection.seen?.filters : undefined))
  // What probabilities are made of.
  const isLogits = usePage(({ inspection }) => name === 'output' && inspection.seen?.answer.kind === 'probabilities')
  const scale = useMemo(() => scaleOf(layer), [layer])
  const pixels = useMemo(() => mapPixels(values, scale), [values, scale])
  const layout = useMemo(
    () => layoutSheet(shown.channels, { width: shown.width, height: shown.height }, width),
    [shown.channels, shown.width, shown.height, width],
  )
  return (
    <>
      <div className={styles['layerHead']}>
        <span className={styles['layerName']}>{name}</span>
        <span className={styles['layerSize']}>
          {describeSize(layer)}
          {isLogits && (
            <>
              {' · '}
              <Term name="logits" id="logits" />
            </>
          )}
        </span>
        <ScaleLegend scale={scale} />
        {weighted.includes(kind) && (
          <Button
            look="quiet"
            aria-expanded={isChosen}
            aria-controls={filtersId}
            aria-label={`Filters of ${name}`}
            onClick={() => commands.watchInspection({ filtersOf: isChosen ? undefined : name })}
          >
            Filters
          </Button>
        )}
      </div>
      <TileSheet
        label={`Feature maps of ${name}`}
        layout={layout}
        pixels={pixels}
        isLower={isLower}
        describe={(tile) => ({ name: nameMap(layer, tile), text: describeFigures(mapOf(layer, tile)) })}
      />
      <div id={filtersId} hidden={!isChosen}>
        {isChosen && (
          <FilterSheet filters={filters?.layer === name ? filters : undefined} width={width} isLower={isLower} />
        )}
      </div>
    </>
  )
}
