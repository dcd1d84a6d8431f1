type Box = Pick<DOMRect, 'left' | 'right' | 'top'>

/**
 * The card that a key leads to: arrows go to the neighbour on that side, Home and End to the ends.
 * @param boxes places of the cards, in reading order.
 * @param from index of the card with the focus; −1 where none has it.
 * @returns its index; undefined for other keys and where there is no card on that side.
 */
export function nextCard(boxes: readonly Box[], from: number, key: string): number | undefined {
  const current = boxes[from]
  if (!current) return undefined
  switch (key) {
    case 'ArrowRight':
      return from + 1 < boxes.length ? from + 1 : undefined
    case 'ArrowLeft':
      return from > 0 ? from - 1 : undefined
    case 'ArrowDown':
      return nearest(boxes, current, (box) => box.top - current.top)
    case 'ArrowUp':
      return nearest(boxes, current, (box) => current.top - box.top)
    case 'Home':
      return 0
    case 'End':
      return boxes.length - 1
    default:
      return undefined
  }
}

/** Cards of a row begin at one height, whatever their own; the layout may round that by a part of a pixel. */
function nearest(boxes: readonly Box[], current: Box, distance: (box: Box) => number): number | undefined {
  const beyond = boxes.map((box, index) => ({ box, index, away: distance(box) })).filter(({ away }) => away > 1)
  const row = Math.min(...beyond.map(({ away }) => away))
  const aside = ({ box }: { readonly box: Box }) =>
    Math.abs((box.left + box.right) / 2 - (current.left + current.right) / 2)
  const inRow = beyond.filter(({ away }) => away - row < 1).toSorted((a, b) => aside(a) - aside(b))
  return inRow[0]?.index
}
