import { useCallback, useMemo } from 'react'
import { DataTable } from '../charts/DataTable'
import { PlotBox } from '../charts/PlotBox'
import { Term } from '../common/Term'
import styles from './depth.module.css'
import { DepthKey } from './DepthKey'
import { drawingOrder, edgeOf, type Depth } from './depthRuns'
import { fieldAxis, layerAxis, shareAxis } from './depthScales'
import { depthTable } from './depthText'
import { FieldPlot } from './FieldPlot'
import { LayerBand } from './LayerBand'
import { SharesPlot } from './SharesPlot'

interface DepthPlotsProps {
  readonly depth: Depth
  readonly hovered: number | undefined
  readonly onHover: (index: number | undefined) => void
}

/** Pixels to the right of the plots. */
const right = 12

/** Two plots over one axis of layers; the lower one only where layers look at parts of an image. */
export function DepthPlots({ depth, hovered, onHover }: DepthPlotsProps) {
  // The axes are laid out anew when the layers change, not with every column.
  const nameList = depth.names.join('\n')
  const names = useMemo(() => nameList.split('\n'), [nameList])
  const runs = drawingOrder(depth)
  const edge = Math.max(...runs.map(edgeOf))
  const largest = Math.max(1, ...runs.flatMap(({ rows }) => rows.map((row) => row?.field?.longest ?? 1)))
  const hasFields = runs.some(({ rows }) => rows.some((row) => row?.field))
  const x = useCallback((pixels: number) => layerAxis(names, pixels), [names])
  const fields = useCallback((pixels: number) => fieldAxis(largest, edge, pixels), [largest, edge])
  const { rows } = depth.active
  return (
    <div className={styles['plots']} data-fields={hasFields}>
      <PlotBox
        label="Saturation and probe accuracy over depth"
        caption={<DepthKey depth={depth} />}
        x={x}
        y={shareAxis}
        right={right}
        quietX={hasFields}
      >
        {(plot) => (
          <>
            <LayerBand {...{ plot, rows, hovered, onHover }} isLabelled={false} />
            <SharesPlot {...{ plot, depth }} />
            <DataTable
              label="saturation, probe accuracy and receptive field by layer"
              columns={hasFields ? 5 : 3}
              read={() => depthTable(depth)}
            />
          </>
        )}
      </PlotBox>
      {hasFields && (
        <PlotBox
          label="Receptive field over depth"
          caption={<Term name="receptive field" id="receptiveField" look="quiet" />}
          x={x}
          y={fields}
          right={right}
        >
          {(plot) => (
            <>
              <LayerBand {...{ plot, rows, hovered, onHover }} isLabelled />
              <FieldPlot {...{ plot, depth }} />
            </>
          )}
        </PlotBox>
      )}
    </div>
  )
}
