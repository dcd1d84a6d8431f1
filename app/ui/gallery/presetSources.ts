import type { SourceId } from '../glossary/sources'

/** Where what a preset shows was found first, by its id. */
export const presetSources: Readonly<Record<string, SourceId | undefined>> = {
  'image-tail': 'richter2020',
  'image-size': 'richter2021size',
  'image-stem': 'richter2021deeper',
  'image-width': 'shenk2019',
  'image-classes': 'shenk2019',
  'image-labels': 'zhang2017',
  'image-shortcuts': 'he2016',
  'image-optimizers': 'kingma2015',
  'image-autoencoder': 'hinton2006',
}
