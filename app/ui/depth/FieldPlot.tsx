import type { ReceptiveField } from '../../experiment/receptiveField'
import type { Plot } from '../charts/plot'
import { runLooks } from '../compare/runLook'
import styles from './depth.module.css'
import { edgeOf, type Depth, type DepthRun } from './depthRuns'

interface FieldPlotProps {
  readonly plot: Plot
  readonly depth: Depth
}

/** How much of the input each layer sees, as steps: along the way that sees most, and dashed the one that sees least. */
export function FieldPlot({ plot, depth }: FieldPlotProps) {
  const { left, top, width, height } = plot
  const { active, others } = depth
  const y = (pixels: number) => plot.y(pixels) - top
  const path = ({ rows }: DepthRun, value: (field: ReceptiveField) => number) =>
    rows
      .map((row, index) => {
        if (!row?.field) return ''
        const at = y(value(row.field)).toFixed(1)
        const start = `${rows[index - 1]?.field ? 'L' : 'M'}${(plot.x(index - 0.5) - left).toFixed(1)} ${at}`
        return `${start}L${(plot.x(index + 0.5) - left).toFixed(1)} ${at}`
      })
      .join('')
  const hasShorterWays = active.rows.some((row) => row?.field && row.field.shortest < row.field.longest)
  const edge = edgeOf(active)
  const isAlone = others.length === 0
  return (
    <svg className={styles['marks']} style={{ left, top }} width={width} height={height} aria-hidden="true">
      <line className={styles['input']} x1={0} x2={width} y1={y(edge)} y2={y(edge)} />
      <text className={styles['label']} x={4} y={y(edge) - 4}>
        the whole image, {edge} px
      </text>
      {others.map((run) => (
        <path
          key={run.letter}
          className={styles['otherField']}
          d={path(run, ({ longest }) => longest)}
          stroke={`var(${runLooks[run.letter].colour})`}
          strokeDasharray={runLooks[run.letter].dash.join(' ')}
        />
      ))}
      {hasShorterWays && <path className={styles['leastField']} d={path(active, ({ shortest }) => shortest)} />}
      <path
        className={styles['field']}
        d={path(active, ({ longest }) => longest)}
        stroke={`var(${isAlone ? '--ink' : runLooks[active.letter].colour})`}
        strokeDasharray={isAlone ? undefined : runLooks[active.letter].dash.join(' ')}
      />
    </svg>
  )
}
