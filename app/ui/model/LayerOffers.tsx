import { useEffect, useRef, useState } from 'react'
import { activationChoices, layerChoices } from '../../experiment/choices'
import { isForImages } from '../../experiment/imageLayers'
import { offerLayers, paletteGroups, usualActivation } from '../../experiment/palette'
import type { Activation, ExperimentSpec, LayerKind, LayerSpec } from '../../experiment/spec'
import { flatShape, positionsOf, type TensorShape } from '../../experiment/tensorShape'
import { moveFocus } from '../common/moveFocus'
import { Select } from '../common/Select'
import { optionsOf } from '../settings/ChoiceSetting'
import styles from './menus.module.css'

export interface LayerOffersProps {
  readonly spec: ExperimentSpec
  /** Of one sample; undefined before files were read. Only images are offered layers for images. */
  readonly data: TensorShape | undefined
  readonly onAdd: (layer: LayerSpec) => void
}

/** What the palette holds: groups of layers, each offer with what it is good for. */
export function LayerOffers(props: LayerOffersProps) {
  const { spec, data = flatShape(1) } = props
  const [chosen, setChosen] = useState<Activation>()
  const [asked, setAsked] = useState<string>()
  const activation = chosen ?? usualActivation(spec)
  const groups = positionsOf(data) > 1 ? paletteGroups : paletteGroups.slice(0, 1)
  const usual = spec.layers.some(({ kind }) => isForImages(kind)) ? 'Convolution' : 'Dense'
  const group = groups.find(({ label }) => label === (asked ?? usual)) ?? groups[0]!
  const root = useRef<HTMLDivElement>(null)
  useEffect(() => focusFirst(root.current), [])
  return (
    <div ref={root}>
      {groups.length > 1 && <GroupTabs groups={groups} chosen={group.label} onChoose={setAsked} />}
      {group.kinds.map((kind) => (
        <KindOffers key={kind} {...props} data={data} kind={kind} activation={activation} />
      ))}
      {group.kinds.some(hasActivation) && (
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
      )}
    </div>
  )
}

/** What opened found nothing to give the focus to: this came later. */
function focusFirst(offers: HTMLElement | null): void {
  if (!offers?.closest(':popover-open')) return
  offers.querySelector<HTMLElement>('input, button')?.focus()
}

function hasActivation(kind: LayerKind): boolean {
  return kind === 'dense' || kind === 'conv' || kind === 'transposedConv' || kind === 'residual'
}

interface GroupTabsProps {
  readonly groups: readonly { readonly label: string }[]
  readonly chosen: string
  readonly onChoose: (label: string) => void
}

/** Radio buttons in fact, so arrow keys choose and Tab goes on to what is offered. */
function GroupTabs({ groups, chosen, onChoose }: GroupTabsProps) {
  return (
    <div role="radiogroup" className={styles['groups']} aria-label="Kind of layer">
      {groups.map(({ label }) => (
        <label key={label} className={styles['group']}>
          <input
            type="radio"
            name="kind-of-layer"
            className={styles['radio']}
            checked={label === chosen}
            onChange={() => onChoose(label)}
          />
          <span className={styles['face']}>{label}</span>
        </label>
      ))}
    </div>
  )
}

interface KindOffersProps extends LayerOffersProps {
  readonly data: TensorShape
  readonly kind: LayerKind
  readonly activation: Activation
}

function KindOffers({ kind, activation, spec, data, onAdd }: KindOffersProps) {
  const offers = offerLayers(spec, kind, activation, data)
  if (offers.length === 0) return null
  const { label, explanation } = layerChoices[kind]
  const take = (button: HTMLElement, layer: LayerSpec) => {
    // Before the offers change: a button that goes with them would leave the palette open.
    button.closest<HTMLElement>('[popover]')?.hidePopover()
    onAdd(layer)
  }
  return (
    <>
      <p className={styles['kind']}>
        <strong>{label}.</strong> {explanation}
      </p>
      {/* Keys bubble up from the buttons. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ul className={styles['list']} onKeyDown={moveFocus}>
        {offers.map(({ title, explanation, layer }) => (
          <li key={title}>
            <button type="button" className={styles['offer']} onClick={(event) => take(event.currentTarget, layer)}>
              <strong>{title}</strong>
              <span className={styles['explanation']}>{explanation}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
