import { letters, type Letter, type RunId } from '../worker/protocol'
import type { Contender, Draft, PageState, RunState } from './state'

type Contenders = Pick<PageState, 'contenders'>

export function findContender({ contenders }: Contenders, letter: Letter): Contender | undefined {
  return contenders.find((contender) => contender.letter === letter)
}

/** The contender that is edited and looked at closely. */
export function activeContender(state: Pick<PageState, 'contenders' | 'active'>): Contender {
  return findContender(state, state.active) ?? state.contenders[0]
}

export function activeRun(state: PageState): RunState | undefined {
  return activeContender(state).run
}

export function activeDraft(state: PageState): Draft {
  return activeContender(state).draft
}

/** The run that says where the race stands: of those that did not break off the furthest, the active one if it is there. */
export function leadingRun(state: PageState): RunState | undefined {
  const active = activeRun(state)
  const runs = state.contenders.flatMap(({ run }) => (run && run.stop?.kind !== 'non-finite' ? run : []))
  const furthest = Math.max(...runs.map(({ step }) => step))
  if (active && (runs.length === 0 || (runs.includes(active) && active.step === furthest))) return active
  return runs.find(({ step }) => step === furthest)
}

/** The first letter that is free; undefined where all are taken. */
export function freeLetter({ contenders }: Contenders): Letter | undefined {
  return letters.find((letter) => contenders.every((contender) => contender.letter !== letter))
}

/** The contenders with one of them changed. */
export function changeContender(
  state: PageState,
  letter: Letter,
  change: (contender: Contender) => Partial<Contender>,
): PageState {
  return changeEach(state, (contender) => (contender.letter === letter ? change(contender) : {}))
}

export function changeEach(state: PageState, change: (contender: Contender) => Partial<Contender>): PageState {
  const [first, ...rest] = state.contenders
  const changed = (contender: Contender): Contender => ({ ...contender, ...change(contender) })
  return { ...state, contenders: [changed(first), ...rest.map(changed)] }
}

/** Changes the run of that id; a run that is no longer on screen changes nothing. */
export function changeRun(state: PageState, id: RunId, change: (run: RunState) => Partial<RunState>): PageState {
  const contender = state.contenders.find(({ run }) => run?.id === id)
  if (!contender) return state
  return changeContender(state, contender.letter, ({ run }) => ({ run: run && { ...run, ...change(run) } }))
}

/** Adds a contender in the order of letters. */
export function addContender(state: PageState, added: Contender): PageState {
  const [first, ...rest] = state.contenders
  const before = letters.indexOf(added.letter) < letters.indexOf(first.letter)
  if (before) return { ...state, contenders: [added, first, ...rest] }
  const behind = rest.findIndex(({ letter }) => letters.indexOf(letter) > letters.indexOf(added.letter))
  return { ...state, contenders: [first, ...rest.toSpliced(behind < 0 ? rest.length : behind, 0, added)] }
}

/** Removes a contender; the last one stays. What it was to the others passes to the first of them. */
export function removeContender(state: PageState, letter: Letter): PageState {
  const [first, ...rest] = state.contenders.filter((contender) => contender.letter !== letter)
  if (!first) return state
  const heir = (role: Letter): Letter => (role === letter ? first.letter : role)
  return { ...state, contenders: [first, ...rest], active: heir(state.active), baseline: heir(state.baseline) }
}
