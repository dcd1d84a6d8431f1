import { useCallback, type CSSProperties } from 'react'
import styles from './gallery.module.css'
import { rowPixels } from './rowPixels'
import { directionsOf, type RecordedLayer } from './thumbnails'

/** The run of a preset: a row for each layer, before it the layer's width and the part of it in use at the end. */
export function PresetPicture({ layers }: { readonly layers: readonly RecordedLayer[] }) {
  const widest = Math.max(...layers.map(({ width }) => width))
  return (
    <span className={styles['picture']} aria-hidden="true">
      {layers.map((layer) => (
        <PictureRow key={layer.name} layer={layer} widest={widest} />
      ))}
    </span>
  )
}

function PictureRow({ layer, widest }: { readonly layer: RecordedLayer; readonly widest: number }) {
  const directions = directionsOf(layer)
  const used = (directions.at(-1) ?? 0) / layer.width
  const size = { '--width': layer.width / widest, '--used': used } as CSSProperties
  const paint = useCallback(
    (canvas: HTMLCanvasElement | null) => {
      // A pixel for every column: the browser stretches them, to any size and on any screen.
      const pixels = rowPixels(directionsOf(layer), layer.width)
      canvas?.getContext('2d')?.putImageData(new ImageData(pixels, pixels.length / 4, 1), 0, 0)
    },
    [layer],
  )
  return (
    <span className={styles['row']}>
      <span className={styles['outline']} style={size}>
        <span className={styles['used']} />
      </span>
      <canvas ref={paint} width={directions.length} height={1} className={styles['cells']} />
    </span>
  )
}
