import type { Plot } from '../charts/plot'
import styles from './depth.module.css'
import type { DepthRow } from './depthRows'

interface FieldPlotProps {
  readonly plot: Plot
  readonly rows: readonly DepthRow[]
  /** Larger edge of the input, pixels. */
  readonly edge: number
}

/** How much of the input each layer sees, as steps: along the way that sees most, and dashed the one that sees least. */
export function FieldPlot({ plot, rows, edge }: FieldPlotProps) {
  const { left, top, width, height } = plot
  const y = (pixels: number) => plot.y(pixels) - top
  const path = (value: (field: NonNullable<DepthRow['field']>) => number) =>
    rows
      .map(({ field }, index) => {
        if (!field) return ''
        const at = y(value(field)).toFixed(1)
        const start = `${rows[index - 1]?.field ? 'L' : 'M'}${(plot.x(index - 0.5) - left).toFixed(1)} ${at}`
        return `${start}L${(plot.x(index + 0.5) - left).toFixed(1)} ${at}`
      })
      .join('')
  const hasShorterWays = rows.some(({ field }) => field && field.shortest < field.longest)
  return (
    <svg className={styles['marks']} style={{ left, top }} width={width} height={height} aria-hidden="true">
      <line className={styles['input']} x1={0} x2={width} y1={y(edge)} y2={y(edge)} />
      <text className={styles['label']} x={4} y={y(edge) - 4}>
        the whole image, {edge} px
      </text>
      {hasShorterWays && <path className={styles['leastField']} d={path(({ shortest }) => shortest)} />}
      <path className={styles['field']} d={path(({ longest }) => longest)} />
    </svg>
  )
}
