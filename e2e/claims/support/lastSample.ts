import { train, type ExperimentDocument, type LastSample, type Sample, type TrainOptions } from '../../../app/api'

/** The last sample of a run, which can give its weights; the others are shown to `watch`. */
export async function lastSample(
  document: ExperimentDocument,
  options: TrainOptions,
  watch: (sample: Sample) => void = () => {},
): Promise<LastSample> {
  let last: Sample | LastSample | undefined
  for await (const sample of train(document, options)) {
    watch(sample)
    last = sample
  }
  if (!last || !('parameters' in last)) throw new Error('the run ended without its last sample')
  return last
}

/** Saturation of the convolutions, in their order. */
export function convSaturation({ layers }: Sample): number[] {
  return layers.filter(({ kind }) => kind === 'conv').map(({ spectrum }) => spectrum.saturation)
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Held-out accuracy on the way. */
export function reportAccuracy({ step, heldOut }: Sample): void {
  console.info(`step ${step}: held out ${heldOut?.accuracy.toFixed(4)}`)
}

/** What README.md quotes: the figures of a whole run, by layer. */
export function report(title: string, { step, heldOut, layers, linearProbes, stepsPerSecond }: LastSample): void {
  const row = (values: readonly (number | undefined)[]): string =>
    values.map((value) => value?.toFixed(2) ?? '–').join(' ')
  console.info(
    [
      `${title}: step ${step}, ${stepsPerSecond.toFixed(2)} steps per second, held out ${heldOut?.accuracy.toFixed(4)}`,
      `  saturation ${row(layers.map(({ spectrum }) => spectrum.saturation))}`,
      ...(linearProbes ? [`  probes     ${row(linearProbes.accuracy)}`] : []),
    ].join('\n'),
  )
}
