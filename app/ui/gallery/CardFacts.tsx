import type { Preset } from '../../experiment/preset'
import { presetSpecs } from '../../experiment/presets'
import { visuallyHidden } from '../common/visuallyHidden'
import { describeDifference } from '../compare/describeDifference'
import { describeEnd, describeNetwork, describeResult } from './cardText'
import styles from './gallery.module.css'
import type { Thumbnail } from './thumbnails'

interface CardFactsProps {
  readonly preset: Preset
  readonly thumbnail: Thumbnail | undefined
}

/** The network, its size and what its run reached; of a race what the second differs in, and what both reached. */
export function CardFacts({ preset, thumbnail }: CardFactsProps) {
  const [first, second] = presetSpecs(preset)
  const { widths, parameters } = describeNetwork(first)
  const result = thumbnail && describeResult(thumbnail.heldOut)
  const other = thumbnail?.against && describeResult(thumbnail.against.heldOut)
  return (
    <>
      <p className={styles['facts']}>
        <span className={visuallyHidden}>Widths </span>
        {second && 'A '}
        {widths}
        <br />
        {[parameters, result].filter(Boolean).join(' · ')}
        {second && (
          <>
            <br />
            {[`B ${describeDifference(first, second).join(', ')}`, other].filter(Boolean).join(' · ')}
          </>
        )}
      </p>
      {thumbnail && <p className={visuallyHidden}>{describeEnd(thumbnail.layers)}</p>}
      {thumbnail?.against && <p className={visuallyHidden}>B: {describeEnd(thumbnail.against.layers)}</p>}
    </>
  )
}
