import { useId, useMemo } from 'react'
import type { Filters, LayerMaps } from '../../runs/state'
import { Button } from '../common/Button'
import { Term } from '../common/Term'
import { FilterSheet } from './FilterSheet'
import { mapPixels, scaleOf } from './mapColours'
import { describeFigures, describeSize, mapOf, nameMap } from './mapText'
import { ScaleLegend } from './ScaleLegend'
import { layoutSheet } from './sheetLayout'
import { TileSheet } from './TileSheet'
import styles from './tryIt.module.css'

interface LayerRowProps {
  readonly layer: LayerMaps
  /** Room for the maps, CSS pixels. */
  readonly width: number
  /** Whether it is nearer to the end of the list, where what opens opens upwards. */
  readonly isLower: boolean
  /** Whether its numbers are what probabilities are made of. */
  readonly isLogits: boolean
  readonly isChosen: boolean
  readonly filters: Filters | undefined
  readonly onChoose: (isChosen: boolean) => void
}

const weighted: readonly LayerMaps['kind'][] = ['dense', 'conv', 'transposedConv']

/** A layer's name, its maps in one scale, and below them its filters where they are asked for. */
export function LayerRow({ layer, width, isLower, isLogits, isChosen, filters, onChoose }: LayerRowProps) {
  const filtersId = useId()
  const { name, kind, shown, values } = layer
  const scale = useMemo(() => scaleOf(layer), [layer])
  const pixels = useMemo(() => mapPixels(values, scale), [values, scale])
  const layout = useMemo(
    () => layoutSheet(shown.channels, { width: shown.width, height: shown.height }, width),
    [shown.channels, shown.width, shown.height, width],
  )
  return (
    <li className={styles['layer']}>
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
            onClick={() => onChoose(!isChosen)}
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
        {isChosen && <FilterSheet filters={filters} width={width} isLower={isLower} />}
      </div>
    </li>
  )
}
