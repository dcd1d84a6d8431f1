import { memo } from 'react'

/** Strokes on a 16 × 16 grid; the solid ones are filled instead. */
const paths = {
  play: 'M4.5 2.8v10.4l8.4-5.2z',
  pause: 'M4 3h3v10H4zM9 3h3v10H9z',
  step: 'M3.5 3v10l6.5-5zM11 3h1.8v10H11z',
  reset: 'M3 8a5 5 0 1 0 1.6-3.7M3 2.6v2.6h2.6',
  undo: 'M5.5 3l-3 3 3 3M2.5 6H9a3.75 3.75 0 0 1 0 7.5H6',
  redo: 'M10.5 3l3 3-3 3M13.5 6H7a3.75 3.75 0 0 0 0 7.5h3',
  close: 'M4 4l8 8M12 4l-8 8',
  plus: 'M8 3.5v9M3.5 8h9',
  minus: 'M3.5 8h9',
  pin: 'M5.8 2.5h4.4l-.7 4.2 2.3 2.6H4.2l2.3-2.6zM8 9.5v4',
  chevron: 'M4.5 6.5L8 10l3.5-3.5',
  share: 'M8 9.8V2.5M5.2 5L8 2.2 10.8 5M4.6 7.5H3.5v6h9v-6h-1.1',
  help: 'M5.8 6a2.2 2.2 0 1 1 3.1 2c-.6.3-.9.7-.9 1.4v.3M8 12.2v.1',
  sun: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 1.6v1.2M8 13.2v1.2M1.6 8h1.2M13.2 8h1.2M3.5 3.5l.8.8M11.7 11.7l.8.8M12.5 3.5l-.8.8M4.3 11.7l-.8.8',
  moon: 'M13 9.6A5.4 5.4 0 0 1 6.4 3a5.4 5.4 0 1 0 6.6 6.6z',
  system: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM8 2.5v11',
  sliders: 'M2.5 5h6M11.5 5h2M2.5 11h2M7.5 11h6M10 3.4v3.2M6 9.4v3.2',
  file: 'M4 2.5h5l3 3v8H4zM9 2.5v3h3',
  check: 'M3.5 8.5l3 3 6-7',
  more: [3.5, 8, 12.5].map((x) => dot(x, 8, 1.1)).join(''),
  grip: [3.5, 8, 12.5].map((y) => dot(6, y, 0.9) + dot(10, y, 0.9)).join(''),
  warning: 'M8 2.6l6 10.8H2zM8 6.6v3M8 11.4v.1',
} as const

const solid: readonly string[] = ['play', 'pause', 'step', 'more', 'grip']

export type IconName = keyof typeof paths

function dot(x: number, y: number, radius: number): string {
  return `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0-${2 * radius} 0z`
}

/** Decoration only: the control around it carries the name. */
export const Icon = memo(function Icon({ name }: { readonly name: IconName }) {
  const isSolid = solid.includes(name)
  return (
    <svg
      width="1rem"
      height="1rem"
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
      fill={isSolid ? 'currentColor' : 'none'}
      stroke={isSolid ? 'none' : 'currentColor'}
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={paths[name]} />
    </svg>
  )
})
