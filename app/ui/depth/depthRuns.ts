import type { TensorShape } from '../../experiment/tensorShape'
import type { SpectrumOptions } from '../../metrics/layerSpectrum'
import type { Letter, LinearProbes } from '../../runs/state'
import { joinNames } from '../../runs/joinNames'
import { shownColumn } from '../charts/history'
import type { LetteredRun } from '../compare/useRuns'
import { depthRows, probesAt, type DepthRow } from './depthRows'

/** What the figure shows of one run. */
export interface DepthRun {
  readonly letter: Letter
  /** By layer of the axis; undefined where the run measures no such layer. */
  readonly rows: readonly (DepthRow | undefined)[]
  /** Step of the column that is shown. */
  readonly columnStep: number | undefined
  /** Those that were newest at the step that is shown, and the ones before them, oldest first. */
  readonly probes: LinearProbes | undefined
  readonly earlier: readonly LinearProbes[]
  /** Whether any were ever measured. */
  readonly wasProbed: boolean
  /** Of a sample. */
  readonly shape: TensorShape
}

/** Runs over one axis of layers, the same layer in the same place in all of them. */
export interface Depth {
  readonly names: readonly string[]
  /** The one that is looked at closely. */
  readonly active: DepthRun
  /** In the order of their letters. */
  readonly others: readonly DepthRun[]
}

interface View {
  /** The step looked back at; undefined: at present. */
  readonly step: number | undefined
  readonly reading: SpectrumOptions
}

/** Undefined before the active run has started. */
export function describeDepth(runs: readonly LetteredRun[], active: Letter, view: View): Depth | undefined {
  const names = joinNames(runs.map(({ run }) => run.started.outputs.map(({ name }) => name)))
  const all = runs.map((one) => describeRun(one, names, view))
  const closest = all.find(({ letter }) => letter === active)
  return closest && { names, active: closest, others: all.filter((one) => one !== closest) }
}

function describeRun({ letter, run }: LetteredRun, names: readonly string[], { step, reading }: View): DepthRun {
  const { outputs, data } = run.started
  const { measured } = run.probes
  const { shape } = data
  const column = shownColumn(run.history.columns, step)
  const probes = probesAt(measured, step)
  const rows = depthRows({ spec: run.spec, outputs, shape, column, probes, reading })
  return {
    letter,
    rows: names.map((name) => rows.find((row) => row.name === name)),
    columnStep: column?.step,
    probes,
    earlier: measured.filter((before) => before.step < (probes?.step ?? -1)),
    wasProbed: measured.length > 0,
    shape,
  }
}

/** All of them, the active one last: drawn over the others. */
export function drawingOrder({ active, others }: Depth): readonly DepthRun[] {
  return [...others, active]
}

/** All of them in the order of their letters. */
export function lettered({ active, others }: Depth): readonly DepthRun[] {
  return [active, ...others].toSorted((one, other) => one.letter.localeCompare(other.letter))
}

/** Larger edge of the images a run learns from. */
export function edgeOf({ shape }: Pick<DepthRun, 'shape'>): number {
  return Math.max(shape.height, shape.width)
}
