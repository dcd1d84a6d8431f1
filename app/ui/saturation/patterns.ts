/** Marks of cells that have no value: stripes and crosses, never a colour of the scale, so that nobody reads one off. */

interface Stripes {
  readonly background: string
  readonly line: string
  /** Device-independent distance between lines, CSS pixels. */
  readonly spacing: number
  readonly weight: number
  /** Both diagonals. */
  readonly crossed?: boolean
}

/** Diagonal stripes as a fill for `context`, whose unit is the CSS pixel. */
export function stripes(context: CanvasRenderingContext2D, look: Stripes, pixelRatio: number): CanvasPattern | string {
  const size = Math.max(2, Math.round(look.spacing * pixelRatio))
  const tile = document.createElement('canvas')
  tile.width = size
  tile.height = size
  const draw = tile.getContext('2d')
  if (!draw) return look.background
  draw.fillStyle = look.background
  draw.fillRect(0, 0, size, size)
  draw.strokeStyle = look.line
  draw.lineWidth = look.weight * pixelRatio
  draw.beginPath()
  // Three parallel lines: the tile's own and the corners that neighbouring tiles reach into.
  for (const shift of [-size, 0, size]) {
    draw.moveTo(shift - 1, size + 1)
    draw.lineTo(shift + size + 1, -1)
    if (look.crossed) {
      draw.moveTo(shift - 1, -1)
      draw.lineTo(shift + size + 1, size + 1)
    }
  }
  draw.stroke()
  const pattern = context.createPattern(tile, 'repeat')
  // Patterns are laid in the context's units; one tile pixel is one device pixel.
  pattern?.setTransform(new DOMMatrix().scale(1 / pixelRatio))
  return pattern ?? look.background
}
