import { useCallback, useMemo } from 'react'
import type { TensorShape } from '../../experiment/tensorShape'
import type { LinearProbes } from '../../runs/state'
import { DataTable } from '../charts/DataTable'
import { PlotBox } from '../charts/PlotBox'
import { Term } from '../common/Term'
import styles from './depth.module.css'
import type { DepthRow } from './depthRows'
import { fieldAxis, layerAxis, shareAxis } from './depthScales'
import { depthTable } from './depthText'
import { FieldPlot } from './FieldPlot'
import { LayerBand } from './LayerBand'
import { SharesPlot } from './SharesPlot'

interface DepthPlotsProps {
  readonly rows: readonly DepthRow[]
  readonly probes: LinearProbes | undefined
  readonly earlier: readonly LinearProbes[]
  /** Of a sample. */
  readonly shape: TensorShape
  /** Custom property of the run's colour. */
  readonly colour: string
  readonly hovered: number | undefined
  readonly onHover: (index: number | undefined) => void
}

/** Pixels to the right of the plots. */
const right = 12

/** Two plots over one axis of layers; the lower one only where layers look at parts of an image. */
export function DepthPlots({ rows, probes, earlier, shape, colour, hovered, onHover }: DepthPlotsProps) {
  // The axes are laid out anew when the layers change, not with every column.
  const nameList = rows.map(({ name }) => name).join('\n')
  const names = useMemo(() => nameList.split('\n'), [nameList])
  const edge = Math.max(shape.height, shape.width)
  const largest = Math.max(1, ...rows.map(({ field }) => field?.longest ?? 1))
  const hasFields = rows.some(({ field }) => field)
  const x = useCallback((pixels: number) => layerAxis(names, pixels), [names])
  const fields = useCallback((pixels: number) => fieldAxis(largest, edge, pixels), [largest, edge])
  return (
    <div className={styles['plots']} data-fields={hasFields}>
      <PlotBox
        label="Saturation and probe accuracy over depth"
        caption={
          <span className={styles['legend']}>
            <span className={styles['barKey']} style={{ background: `var(${colour})` }} />
            <Term name="saturation" id="saturation" look="quiet" />
            <span className={styles['probeKey']} />
            <Term name="linear probe" id="linearProbe" look="quiet" />
            {probes ? 'accuracy' : 'accuracy, not measured yet'}
          </span>
        }
        x={x}
        y={shareAxis}
        right={right}
        quietX={hasFields}
      >
        {(plot) => (
          <>
            <LayerBand {...{ plot, rows, hovered, onHover }} isLabelled={false} />
            <SharesPlot {...{ plot, rows, probes, earlier, colour }} />
            <DataTable
              label="saturation, probe accuracy and receptive field by layer"
              columns={hasFields ? 5 : 3}
              read={() => depthTable(rows, probes?.step)}
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
              <FieldPlot {...{ plot, rows, edge }} />
            </>
          )}
        </PlotBox>
      )}
    </div>
  )
}
