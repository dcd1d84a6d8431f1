import { useEffect, useRef, useState, type RefObject } from 'react'
import { addLayer, duplicateLayer, moveLayer, removeLayer, type NewLayer } from '../../experiment/edits'
import { layerNames } from '../../experiment/layerNames'
import { useSpecEditor } from '../settings/useSpecEditor'

export interface LayerActions {
  /** What was done last, for screen readers. */
  readonly news: string
  /** @param takesFocus whether the focus goes to the moved row; it stays with a control inside it in any case. */
  readonly move: (from: number, to: number, takesFocus: boolean) => void
  readonly duplicate: (index: number) => void
  readonly remove: (index: number) => void
  /** Before the output. */
  readonly add: (layer: NewLayer) => void
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

  const hidden = spec.layers.length - 1
  const nameOf = (index: number) => layerNames(spec.layers.length)[index] ?? ''
  const rowOf = (id: number | undefined) => (id === undefined ? '[data-adds] button' : `[data-layer="${id}"] button`)
  return {
    news,
    move(from, to, takesFocus) {
      if (to < 0 || to >= hidden) {
        setNews(`${nameOf(from)} is the ${to < 0 ? 'first' : 'last hidden'} layer already`)
        return
      }
      if (takesFocus) wanted.current = rowOf(spec.layers[from]?.id)
      edit((before) => moveLayer(before, from, to))
      setNews(`${nameOf(from)} moved to place ${to + 1} of ${hidden}`)
    },
    duplicate(index) {
      const after = duplicateLayer(spec, index)
      wanted.current = rowOf(after.layers[index + 1]?.id)
      edit(() => after)
      setNews(`${nameOf(index)} duplicated, the copy is in place ${index + 2} of ${hidden + 1}`)
    },
    remove(index) {
      const after = removeLayer(spec, index)
      wanted.current = rowOf(after.layers[Math.min(index, hidden - 2)]?.id)
      edit(() => after)
      setNews(`${nameOf(index)} removed, ${hidden - 1} hidden ${hidden === 2 ? 'layer is' : 'layers are'} left`)
    },
    add(layer) {
      edit((before) => addLayer(before, layer))
      setNews(`hidden ${hidden + 1} added, ${layer.units} units`)
    },
  }
}
