import { useEffect, useRef, useState, type RefObject } from 'react'
import { addLayer, duplicateLayer, moveInBlock, moveLayer, removeLayer } from '../../experiment/edits'
import { nameAt } from '../../experiment/layerNames'
import { layerAt, type LayerPlace } from '../../experiment/layerPlace'
import { placeForNew } from '../../experiment/imageLayers'
import type { ExperimentSpec, LayerSpec } from '../../experiment/spec'
import { describeSize } from '../compare/describeLayerFields'
import { useSpecEditor } from '../settings/useSpecEditor'

export interface LayerActions {
  /** What was done last, for screen readers. */
  readonly news: string
  /** A layer of the network. @param takesFocus whether the focus goes to the moved row; it stays with a control inside it in any case. */
  readonly move: (from: number, to: number, takesFocus: boolean) => void
  /** One place up (−1) or down (1), in the network or in its block. */
  readonly moveBy: (place: LayerPlace, direction: -1 | 1, takesFocus: boolean) => void
  readonly duplicate: (place: LayerPlace) => void
  readonly remove: (place: LayerPlace) => void
  /** Where layers of its kind go, or before what stands at a place. */
  readonly add: (layer: LayerSpec, at?: LayerPlace) => void
}

/**
 * What can be done with layers as a whole: each is told, and the focus never falls out of the list.
 * @param section holds the rows, marked by `data-layer`, and the button that adds, marked by `data-adds`.
 */
export function useLayerActions(section: RefObject<HTMLElement | null>): LayerActions {
  const { spec, edit } = useSpecEditor()
  const [news, setNews] = useState('')
  /** Selector of what gets the focus as soon as it is there. */
  const wanted = useRef<string>(undefined)
  useEffect(() => {
    const target = wanted.current && section.current?.querySelector<HTMLElement>(wanted.current)
    wanted.current = undefined
    if (target) target.focus()
  })

  const nameOf = (place: LayerPlace) => nameAt(spec.layers, place)
  const focusOn = (id: number | undefined) => {
    wanted.current = id === undefined ? '[data-adds] button' : `[data-layer="${id}"] [data-name]`
  }
  const moveTo = (from: LayerPlace, to: number, takesFocus: boolean) => {
    const { count } = siblingsOf(spec, from)
    if (to < 0 || to >= count) {
      setNews(`${nameOf(from)} is the ${to < 0 ? 'first layer' : lastWord(from)} already`)
      return
    }
    if (takesFocus) focusOn(layerAt(spec.layers, from)?.id)
    edit((before) =>
      typeof from === 'number' ? moveLayer(before, from, to) : moveInBlock(before, from[0], from[1], to),
    )
    setNews(`${nameOf(from)} moved to place ${to + 1} of ${count}`)
  }
  return {
    news,
    move: moveTo,
    moveBy: (place, direction, takesFocus) => moveTo(place, siblingsOf(spec, place).index + direction, takesFocus),
    duplicate(place) {
      const after = duplicateLayer(spec, place)
      const { index, count } = siblingsOf(spec, place)
      focusOn(layerAt(after.layers, at(place, index + 1))?.id)
      edit(() => after)
      setNews(`${nameOf(place)} duplicated, the copy is in place ${index + 2} of ${count + 1}`)
    },
    remove(place) {
      const after = removeLayer(spec, place)
      const { index, count } = siblingsOf(spec, place)
      const left = count - 1
      focusOn(left === 0 ? undefined : layerAt(after.layers, at(place, Math.min(index, left - 1)))?.id)
      edit(() => after)
      const kind = typeof place === 'number' ? 'hidden layer' : 'layer'
      setNews(`${nameOf(place)} removed, ${left} ${kind}${left === 1 ? ' is' : 's are'} left`)
    },
    add(layer, place = placeForNew(spec, layer.kind)) {
      const after = addLayer(spec, layer, place)
      edit(() => after)
      const size = describeSize(layer)
      setNews(`${nameAt(after.layers, place)} added${size === undefined ? '' : `, ${size}`}`)
    },
  }
}

/** Among how many layers one can change places, and which of them it is. */
function siblingsOf({ layers }: ExperimentSpec, place: LayerPlace): { readonly index: number; readonly count: number } {
  if (typeof place === 'number') return { index: place, count: layers.length - 1 }
  const block = layers[place[0]]
  return { index: place[1], count: block?.kind === 'residual' ? block.layers.length : 0 }
}

function lastWord(place: LayerPlace): string {
  return typeof place === 'number' ? 'last hidden layer' : 'last layer of its block'
}

function at(place: LayerPlace, index: number): LayerPlace {
  return typeof place === 'number' ? index : [place[0], index]
}
