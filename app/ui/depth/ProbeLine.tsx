import type { LinearProbes } from '../../runs/state'
import styles from './depth.module.css'
import type { DepthRun } from './depthRuns'

interface ProbeLineProps {
  readonly run: DepthRun
  readonly look: { readonly colour: string; readonly dash: readonly number[]; readonly isStrong: boolean }
  readonly x: (index: number) => number
  readonly y: (accuracy: number) => number
}

/** Accuracy of a run's probes over depth; of the strong one, those measured before as well, faintly. */
export function ProbeLine({ run, look: { colour, dash, isStrong }, x, y }: ProbeLineProps) {
  const { rows, probes, earlier } = run
  if (!probes) return null
  const stroke = `var(${colour})`
  const pathOf = ({ accuracy }: LinearProbes): string => {
    // Layers that the run does not have do not interrupt its line; those that could not be probed do.
    let isOpen = false
    return rows
      .map((row, index) => {
        if (!row) return ''
        const share = accuracy[row.output]
        const command = isOpen ? 'L' : 'M'
        isOpen = share !== undefined
        return share === undefined ? '' : `${command}${x(index).toFixed(1)} ${y(share).toFixed(1)}`
      })
      .join('')
  }
  return (
    <>
      {isStrong && earlier.map((before) => <path key={before.step} className={styles['earlier']} d={pathOf(before)} />)}
      <path
        className={styles['probeLine']}
        data-strong={isStrong}
        d={pathOf(probes)}
        stroke={stroke}
        strokeDasharray={dash.join(' ')}
      />
      {rows.map(
        (row, index) =>
          row?.accuracy !== undefined && (
            <circle
              key={index}
              className={styles['probe']}
              cx={x(index)}
              cy={y(row.accuracy)}
              r={isStrong ? 4 : 3}
              fill={stroke}
            />
          ),
      )}
    </>
  )
}
