import type { LayerShape } from '../../experiment/architecture'
import { layerChoices } from '../../experiment/choices'
import { nameAt } from '../../experiment/layerNames'
import type { LayerPlace } from '../../experiment/layerPlace'
import { describeShape } from '../../experiment/layerShapes'
import { elementsOf, positionsOf } from '../../experiment/tensorShape'
import { formatCount } from '../common/format'
import { formatQuantity } from '../common/formatQuantity'
import { Term } from '../common/Term'
import { choiceTerm } from '../glossary/settingTerms'
import { describeField, describeJump } from './layerFields'
import styles from './LayerFigures.module.css'
import { useModel } from './modelContext'

/** The shape of a layer's row: of the network, or within a block. */
export function useShape(place: LayerPlace): LayerShape | undefined {
  const { shapes } = useModel()
  return typeof place === 'number' ? shapes?.[place] : shapes?.[place[0]]?.inner[place[1]]
}

/** “28×28×16 · receptive field 7×7”, in plain sight for layers that make images. */
export function ImageLine({ place }: { readonly place: LayerPlace }) {
  const { spec, fields, shapes } = useModel()
  const shape = useShape(place)
  const field = fields?.at(place)
  const sample = shapes?.[0]?.input
  const isSample = spec.loss.kind === 'reconstruction' && place === spec.layers.length - 1 && shape?.kind === 'dense'
  if (isSample && sample && positionsOf(sample) > 1 && shape.output.channels === elementsOf(sample)) {
    return <p className={styles['line']}>{describeShape(sample)}, as the samples</p>
  }
  if (!shape || !field) return null
  return (
    <p className={styles['line']}>
      {positionsOf(shape.output) > 1 ? describeShape(shape.output) : `1×1×${shape.output.channels}`} · receptive field{' '}
      {describeField(field)}
    </p>
  )
}

/** “196 → 80 · 15,760 parameters · 31.4 kFLOP · 61.4 kB”, and for images how far apart they look at their input. */
export function LayerFigures({ place }: { readonly place: LayerPlace }) {
  const { fields } = useModel()
  const shape = useShape(place)
  const field = fields?.at(place)
  if (!shape) return null
  const { kind, input, output, parameters, flopsPerSample, activationBytes } = shape
  const term = choiceTerm('layers.kind', kind)
  return (
    <p className={styles['figures']}>
      {term && (
        <>
          <Term name={layerChoices[kind].label} id={term} look="quiet" />:{' '}
        </>
      )}
      {describeShape(input)} → {describeShape(output)}
      {positionsOf(output) > 1 && (
        <>
          {' '}
          (height × width × <Term name="channels" id="channel" look="quiet" />)
        </>
      )}{' '}
      · {formatCount(parameters)} parameters ·{' '}
      <span title={`${formatCount(flopsPerSample)} floating-point operations a sample`}>
        {formatQuantity(flopsPerSample, 'FLOP')}
      </span>{' '}
      ·{' '}
      <span title={`${formatCount(activationBytes)} bytes of activations`}>{formatQuantity(activationBytes, 'B')}</span>
      {field && (
        <>
          {' '}
          · <Term name="receptive field" id="receptiveField" look="quiet" /> {describeField(field)}, positions{' '}
          {describeJump(field)}
        </>
      )}
    </p>
  )
}

/** Above the first layer that is predicted to add nothing; a block that is closed has it for the layers it holds. */
export function BorderMark({ place, isOpen }: { readonly place: LayerPlace; readonly isOpen: boolean }) {
  const { spec, fields } = useModel()
  const layer = typeof place === 'number' ? spec.layers[place] : undefined
  const inner = layer?.kind === 'residual' && !isOpen ? layer.layers.map((_, index) => [place, index] as const) : []
  const places = [place, ...inner] as readonly LayerPlace[]
  const found = places.map((one) => fields?.borderAt(nameAt(spec.layers, one))).find((border) => border !== undefined)
  if (!found) return null
  return (
    <p className={styles['border']} data-border={found}>
      <Term
        name={found === 'certain' ? 'predicted unproductive from here' : 'possibly unproductive from here'}
        id="borderLayer"
      >
        {found === 'certain'
          ? 'What comes in here has already seen the whole image, whichever way it took.'
          : 'Only what went past blocks has not yet seen the whole image when it comes in here.'}
      </Term>
    </p>
  )
}
