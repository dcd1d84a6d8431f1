/** Text typed into a number field, and the value the field had at that time. */
export interface TypedText {
  readonly text: string
  readonly against: number | null
}

/** Text is about the value it was typed over: once another takes its place, as a preset's does, it means nothing. */
export function isStillMeant({ against }: TypedText, value: number | null): boolean {
  return Object.is(against, value)
}
