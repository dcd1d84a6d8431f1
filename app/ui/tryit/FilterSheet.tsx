import { useMemo } from 'react'
import type { Filters } from '../../runs/state'
import { Term } from '../common/Term'
import { filterTiles } from './filterTiles'
import { colourPixels, mapPixels, scaleOf } from './mapColours'
import { describeFigures, describeFilters } from './mapText'
import { ScaleLegend } from './ScaleLegend'
import { layoutSheet } from './sheetLayout'
import { TileSheet } from './TileSheet'
import styles from './tryIt.module.css'

/** About how large one of many small filters is shown, CSS pixels. */
const filterEdge = 28

interface FilterSheetProps {
  /** Undefined until they have arrived. */
  readonly filters: Filters | undefined
  readonly width: number
  readonly isLower: boolean
}

/** A layer's weights: a picture per filter or, of layers on many channels, a row of them. */
export function FilterSheet({ filters, width, isLower }: FilterSheetProps) {
  if (!filters) return <p className={styles['waiting']}>…</p>
  return <Sheet filters={filters} width={width} isLower={isLower} />
}

function Sheet({ filters, width, isLower }: FilterSheetProps & { readonly filters: Filters }) {
  const scale = useMemo(() => scaleOf({ values: filters.values, isSigned: true }), [filters])
  const { count, columns, isColour, valuesOf, name } = useMemo(() => filterTiles(filters), [filters])
  const pixels = useMemo(() => {
    if (!isColour) return mapPixels(filters.values, scale)
    const range = [scale.low, scale.high > scale.low ? scale.high : scale.low + 1] as const
    const whole = new Float32Array(filters.values.length)
    for (let tile = 0; tile < count; tile++) whole.set(valuesOf(tile), tile * (whole.length / count))
    return colourPixels(whole, range)
  }, [filters, scale, isColour, count, valuesOf])
  const layout = useMemo(
    () => layoutSheet(count, { width: filters.width, height: filters.height }, width, { columns, edge: filterEdge }),
    [count, filters.width, filters.height, width, columns],
  )
  return (
    <div className={styles['filters']}>
      <div className={styles['filterHead']}>
        <span className={styles['layerSize']}>
          <Term name="weights" id="filter" look="quiet" />: {describeFilters(filters)}
        </span>
        {!isColour && <ScaleLegend scale={scale} />}
      </div>
      <TileSheet
        label={`Filters of ${filters.layer}`}
        layout={layout}
        pixels={pixels}
        isLower={isLower}
        describe={(tile) => ({ name: name(tile), text: describeFigures(valuesOf(tile)) })}
      />
    </div>
  )
}
