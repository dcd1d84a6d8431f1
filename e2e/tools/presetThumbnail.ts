import { createHash } from 'node:crypto'
import { train, type Sample } from '../../app/api'
import { isAugmented } from '../../app/experiment/augmentation'
import type { ExperimentSpec } from '../../app/experiment/spec'
import type { Thumbnail } from '../../app/ui/gallery/thumbnails'

/** Intervals between columns: as many as a card of the gallery has room for. */
const INTERVALS = 50
/** Enough to tell one spec from any other that a preset ever was. */
const MARK_LENGTH = 12

/**
 * Changes with everything that decides what a thumbnail shows. A preset's name is not part of its picture, nor is a
 * setting that came after the first pictures and is not used.
 */
export function markSpec(spec: ExperimentSpec): string {
  const { augmentation, ...training } = spec.training
  const learning = isAugmented(augmentation) ? spec.training : training
  const subject = JSON.stringify({ ...spec, name: '', training: learning, intervals: INTERVALS })
  return createHash('sha256').update(subject).digest('hex').slice(0, MARK_LENGTH)
}

/**
 * Trains a preset and records its saturation. By the float64 engine, which gives the same numbers on every machine,
 * and at even steps, as the page's own cadence depends on the clock.
 */
export async function recordThumbnail(spec: ExperimentSpec): Promise<Thumbnail> {
  const { steps } = spec.training
  const measured = { ...spec, monitor: { ...spec.monitor, cadence: Math.ceil(steps / INTERVALS) } }
  const samples: Sample[] = []
  for await (const sample of train(measured, { steps, engine: 'reference' })) samples.push(sample)
  const last = samples.at(-1)
  if (!last?.heldOut) throw new Error(`“${spec.name}” holds nothing out, so there is no result to show.`)
  return {
    spec: markSpec(spec),
    heldOut: describeResult(last.heldOut),
    layers: last.layers.map(({ name, width }, index) => ({
      name,
      width,
      directions: samples.map(({ layers }) => layers[index]?.spectrum.intrinsicDimension).join(' '),
    })),
  }
}

function describeResult({ loss, accuracy }: NonNullable<Sample['heldOut']>): Thumbnail['heldOut'] {
  const round = (value: number) => Number(value.toPrecision(4))
  return { loss: round(loss), ...(!Number.isNaN(accuracy) && { accuracy: round(accuracy) }) }
}
