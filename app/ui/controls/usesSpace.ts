/** What of an `<input>` decides whether the Space bar does something in it. */
interface InputTraits {
  readonly type: string
  readonly checked: boolean
}

/** Sliders leave Space alone, and so do radio buttons that are chosen already; other inputs type or toggle with it. */
export function usesSpace({ type, checked }: InputTraits): boolean {
  return type !== 'range' && !(type === 'radio' && checked)
}
