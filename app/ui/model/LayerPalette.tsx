import { useState } from 'react'
import { activationChoices } from '../../experiment/choices'
import { layerPalette, offerLayers, usualActivation } from '../../experiment/palette'
import type { NewLayer } from '../../experiment/edits'
import type { Activation, ExperimentSpec, LayerSpec } from '../../experiment/spec'
import buttonStyles from '../common/Button.module.css'
import { Icon } from '../common/Icon'
import { joinClasses } from '../common/joinClasses'
import { moveFocus } from '../common/moveFocus'
import { Popover } from '../common/Popover'
import { Select } from '../common/Select'
import { optionsOf } from '../settings/ChoiceSetting'
import styles from './menus.module.css'

interface LayerPaletteProps {
  readonly spec: ExperimentSpec
  readonly onAdd: (layer: NewLayer) => void
}

/** What can be added before the output, each with what it is good for. */
export function LayerPalette({ spec, onAdd }: LayerPaletteProps) {
  return (
    <Popover
      label="Add a layer"
      trigger={
        <>
          <Icon name="plus" />
          Add a layer
        </>
      }
      triggerClassName={joinClasses(buttonStyles['button'], buttonStyles['quiet'])}
      width={312}
    >
      {(popoverId) =>
        (Object.keys(layerPalette) as LayerSpec['kind'][]).map((kind) => (
          <KindOffers key={kind} {...{ kind, spec, onAdd, popoverId }} />
        ))
      }
    </Popover>
  )
}

interface KindOffersProps extends LayerPaletteProps {
  readonly kind: LayerSpec['kind']
  readonly popoverId: string
}

function KindOffers({ kind, spec, onAdd, popoverId }: KindOffersProps) {
  const [chosen, setChosen] = useState<Activation>()
  const activation = chosen ?? usualActivation(spec)
  const { label, explanation } = layerPalette[kind]
  return (
    <>
      <p className={styles['kind']}>
        <strong>{label}.</strong> {explanation}
      </p>
      {/* Keys bubble up from the buttons. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ul className={styles['list']} onKeyDown={moveFocus}>
        {offerLayers(spec, kind, activation).map(({ title, explanation, layer }) => (
          <li key={title}>
            <button
              type="button"
              className={styles['offer']}
              popoverTarget={popoverId}
              popoverTargetAction="hide"
              onClick={() => onAdd(layer)}
            >
              <strong>{title}</strong>
              <span className={styles['explanation']}>{explanation}</span>
            </button>
          </li>
        ))}
      </ul>
      <div className={styles['activation']}>
        <span>Activation</span>
        <Select
          label="Activation function of the new layer"
          value={activation}
          options={optionsOf(activationChoices)}
          onChange={setChosen}
        />
        <p className={styles['explanation']}>{activationChoices[activation].explanation}</p>
      </div>
    </>
  )
}
