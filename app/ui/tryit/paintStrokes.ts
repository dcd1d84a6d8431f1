/** Of the pen, as a share of the longer edge: as thick as the strokes the network gets to see. */
const PEN_WIDTH = 0.09

/** Paints a drawing, strokes rounded off as a soft pen leaves them; a transparent ground shows what lies behind. */
export function paintStrokes(
  context: CanvasRenderingContext2D,
  { width, height }: { readonly width: number; readonly height: number },
  strokes: readonly (readonly number[])[],
  { ground, pen }: { readonly ground: string; readonly pen: string },
): void {
  context.clearRect(0, 0, width, height)
  context.fillStyle = ground
  context.fillRect(0, 0, width, height)
  context.strokeStyle = pen
  context.lineCap = 'round'
  context.lineJoin = 'round'
  context.lineWidth = PEN_WIDTH * Math.max(width, height)
  for (const stroke of strokes) {
    context.beginPath()
    context.moveTo((stroke[0] ?? 0) * width, (stroke[1] ?? 0) * height)
    for (let at = 0; at + 1 < stroke.length; at += 2) {
      context.lineTo((stroke[at] ?? 0) * width, (stroke[at + 1] ?? 0) * height)
    }
    context.stroke()
  }
}
