import { layerNames, placeOf, projectionName } from '../../experiment/layerNames'
import type { LayerPlace } from '../../experiment/layerPlace'
import { borderLayers, receptiveFields, type ReceptiveField } from '../../experiment/receptiveField'
import type { LayerSpec } from '../../experiment/spec'
import type { TensorShape } from '../../experiment/tensorShape'

/** What receptive fields say of the layers of a network on images, before it is trained. */
export interface LayerFields {
  /** Undefined for a layer that looks at all there is. */
  readonly at: (place: LayerPlace) => ReceptiveField | undefined
  /** As `at`, by the name of a layer that can be measured, projections included. */
  readonly of: (name: string) => ReceptiveField | undefined
  /** `certain`: whatever way is taken; `possible`: only the ways past blocks bring anything new from here on. */
  readonly borderAt: (name: string) => 'certain' | 'possible' | undefined
}

/** @param image shape of a sample. */
export function findLayerFields(layers: readonly LayerSpec[], image: TensorShape): LayerFields {
  const fields = receptiveFields(layers)
  const { border, possibleBorder } = borderLayers(layers, image)
  const at = (place: LayerPlace) =>
    typeof place === 'number' ? fields[place]?.field : fields[place[0]]?.inner[place[1]]
  return {
    at,
    of(name) {
      const place = placeOf(layers, name)
      if (place !== undefined) return at(place)
      return fields[layerNames(layers).findIndex((block) => projectionName(block) === name)]?.projection
    },
    borderAt(name) {
      if (name === border) return 'certain'
      return name === possibleBorder ? 'possible' : undefined
    },
  }
}

/** “7×7”, or “3×3 to 43×43” where the ways through the network differ. */
export function describeField({ shortest, longest }: ReceptiveField): string {
  return shortest === longest ? square(longest) : `${square(shortest)} to ${square(longest)}`
}

/** “2 pixels apart”: how far the input's pixels are from each other on which neighbouring positions are centred. */
export function describeJump({ jump }: ReceptiveField): string {
  return `${Number(jump.toPrecision(3))} ${jump === 1 ? 'pixel' : 'pixels'} apart`
}

function square(edge: number): string {
  return `${edge}×${edge}`
}
