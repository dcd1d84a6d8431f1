import type { Dataset } from '../data/dataset'
import { targetWidth } from '../data/samples'
import { standardiseValues, unstandardiseValues } from '../data/standardise'
import { unstandardiseRows } from '../data/summary'
import type { ExperimentSpec } from '../experiment/spec'
import { positionsOf } from '../experiment/tensorShape'
import { classProbabilities } from '../training/predictions/classProbabilities'
import { drawSample } from './drawSample'
import { THUMBNAILS, type Inspected, type InspectedSample, type InspectRequest } from './inspected'
import type { LiveRun, Post } from './liveRun'
import type { RunId } from './protocol'

/** The network that is looked into is followed at most this often. */
const MILLIS_BETWEEN_LOOKS = 250
/** What looking may take of the time, on engines on which it takes long: one part in so many. */
const SPARING = 2
/** Samples whose values say how dark and how bright the pictures are. */
const RANGE_SAMPLES = 200

/** Shows what a run's network makes of one sample for as long as somebody looks; training never waits for it. */
export class InspectionDesk {
  readonly #post: Post
  readonly #find: (run: RunId) => LiveRun | undefined
  readonly #ranges = new WeakMap<Dataset, readonly [low: number, high: number]>()
  #asked: InspectRequest | undefined
  /** What was shown last, and failed if it did. */
  #shown: { readonly asked: InspectRequest; readonly step: number; failed: boolean } | undefined
  #shownPage = ''
  #busy = false
  #restUntil = -Infinity
  #timer: ReturnType<typeof setInterval> | undefined

  /** @param find the run on screen with this id. */
  constructor(post: Post, find: (run: RunId) => LiveRun | undefined) {
    this.#post = post
    this.#find = find
  }

  /** Answers with `inspected` at once, and again as the weights move; in place of what was asked for before. */
  inspect(request: InspectRequest): void {
    this.#asked = request
    this.#timer ??= setInterval(() => {
      if (performance.now() >= this.#restUntil) this.#look()
    }, MILLIS_BETWEEN_LOOKS)
    this.#look()
  }

  end(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#asked = undefined
  }

  #look(): void {
    const asked = this.#asked
    const run = asked && this.#find(asked.run)
    if (!run || this.#busy) return
    this.#showPage(asked, run)
    const { session } = run
    const kept = keptStep(session.snapshots, asked.step)
    const step = kept ?? session.step
    const last = this.#shown
    if (last?.asked === asked && (last.failed || last.step === step)) return
    const shown = { asked, step, failed: false }
    this.#shown = shown
    this.#busy = true
    const since = performance.now()
    this.#inspect(asked, run, kept)
      .then(
        (inspected) => this.#post({ kind: 'inspected', inspected }, transfersOf(inspected)),
        (error: unknown) => {
          shown.failed = true
          // With a run that ended nothing has failed.
          if (this.#find(asked.run) !== run) return
          const message = error instanceof Error ? error.message : String(error)
          this.#post({ kind: 'inspectionFailed', run: asked.run, message }, [])
        },
      )
      .finally(() => {
        this.#busy = false
        const now = performance.now()
        this.#restUntil = now + (SPARING - 1) * (now - since)
        if (this.#asked !== asked) this.#look()
      })
  }

  async #inspect(asked: InspectRequest, run: LiveRun, atStep: number | undefined): Promise<Inspected> {
    const { dataset, spec, session } = run
    const range = this.#rangeOf(dataset)
    const { values, row, ...place } = goesIn(asked, run, range)
    const { output, ...inspection } = await session.inspect(values, { atStep, filtersOf: asked.filtersOf })
    const input = unstandardiseValues(values, dataset.standardisation)
    const { task, shape } = dataset
    const answer = answerOf(output, spec, dataset, input, row)
    return { run: run.id, ...place, task, shape, range, input, answer, ...inspection }
  }

  /** The samples beside the one that is chosen, where they are pictures. */
  #showPage(asked: InspectRequest, { id, dataset }: LiveRun): void {
    const sample = fittingSample(asked, dataset)
    if (sample.kind === 'drawn' && this.#shownPage.startsWith(`${id}/`)) return
    const { part, first, count: total } = choice(dataset)
    const index = sample.kind === 'drawn' ? 0 : sample.index % total
    const from = index - (index % THUMBNAILS)
    const key = `${id}/${from}`
    if (key === this.#shownPage) return
    this.#shownPage = key
    const count = Math.min(THUMBNAILS, total - from)
    const arePictures = positionsOf(dataset.shape) > 1
    const inputs = unstandardiseRows(dataset, first + from, arePictures ? count : 0)
    const targets = targetsOf(dataset, first + from, count)
    const range = this.#rangeOf(dataset)
    const { task, shape } = dataset
    const page = { run: id, part, first: from, total, count, task, shape, range, inputs, targets }
    this.#post({ kind: 'samplePage', page }, [inputs.buffer, targets.buffer as ArrayBuffer])
  }

  #rangeOf(dataset: Dataset): readonly [low: number, high: number] {
    const known = this.#ranges.get(dataset)
    if (known) return known
    const rows = Math.min(RANGE_SAMPLES, dataset.trainingCount)
    let [low, high] = [Infinity, -Infinity]
    for (const value of unstandardiseRows(dataset, 0, rows)) {
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
    const range = high > low ? ([low, high] as const) : ([low, low + 1] as const)
    this.#ranges.set(dataset, range)
    return range
  }
}

/** There is nothing to draw where samples are no pictures. */
function fittingSample({ sample }: InspectRequest, { shape }: Dataset): InspectedSample {
  return sample.kind === 'drawn' && positionsOf(shape) === 1 ? { kind: 'heldOut', index: 0 } : sample
}

/** The samples to choose among: held-out ones where there are any. */
function choice({ trainingCount, heldOutCount }: Dataset) {
  return heldOutCount > 0
    ? ({ part: 'heldOut', first: trainingCount, count: heldOutCount } as const)
    : ({ part: 'training', first: 0, count: trainingCount } as const)
}

function targetsOf({ targets, task }: Dataset, row: number, rows: number): Float32Array {
  const width = targetWidth(task)
  return targets.slice(row * width, (row + rows) * width)
}

/** The sample that is looked at, standardised, and its row of the data set. */
function goesIn(asked: InspectRequest, { dataset, spec }: LiveRun, [low, high]: Inspected['range']) {
  const sample = fittingSample(asked, dataset)
  if (sample.kind === 'drawn') {
    const drawn = drawSample(sample, dataset.shape, spec.data.kind).map((share) => low + share * (high - low))
    const values = standardiseValues(drawn, dataset.standardisation)
    return { values, row: undefined, part: 'drawing', index: undefined, label: undefined } as const
  }
  const { part, first, count } = choice(dataset)
  const { features, inputs, task } = dataset
  const index = sample.index % count
  const row = first + index
  const values = inputs.slice(row * features, (row + 1) * features)
  const label = task.kind === 'classification' ? targetsOf(dataset, row, 1)[0] : undefined
  return { values, row, part, index, label } as const
}

/** @param input before standardisation. */
function answerOf(
  output: Float32Array,
  { loss }: ExperimentSpec,
  dataset: Dataset,
  input: Float32Array,
  row: number | undefined,
): Inspected['answer'] {
  const { task, shape, features, standardisation } = dataset
  const probabilities = classProbabilities(output, loss, task)
  if (probabilities) return { kind: 'probabilities', values: probabilities }
  if (loss.kind !== 'reconstruction' && task.kind === 'classification') return { kind: 'scores', values: output }
  const isPicture = positionsOf(shape) > 1 && output.length === features
  if (isPicture) return { kind: 'picture', values: unstandardiseValues(output, standardisation) }
  if (loss.kind === 'reconstruction') {
    return { kind: 'values', values: unstandardiseValues(output, standardisation), aim: input }
  }
  return { kind: 'values', values: output, ...(row !== undefined && { aim: targetsOf(dataset, row, 1) }) }
}

/** The kept step that is looked at; undefined where that is the present. */
function keptStep(snapshots: readonly { readonly step: number }[], asked: number | undefined): number | undefined {
  return asked === undefined ? undefined : snapshots.findLast(({ step }) => step <= asked)?.step
}

function transfersOf({ layers, filters, input, answer }: Inspected): ArrayBuffer[] {
  const arrays = [...layers.map(({ values }) => values), input, answer.values]
  if (filters) arrays.push(filters.values)
  return [...new Set(arrays.map(({ buffer }) => buffer as ArrayBuffer))]
}
