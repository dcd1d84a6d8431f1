import { useCallback, useId, useLayoutEffect, useRef, type RefObject } from 'react'
import { findContender, freeLetter, leadingRun } from '../../runs/contenders'
import type { Letter } from '../../runs/state'
import { Button } from '../common/Button'
import { Icon } from '../common/Icon'
import { useCommands, usePage } from '../pageContext'
import styles from './RunBar.module.css'
import { RunChip } from './RunChip'
import { sharedHeldOutStep } from './sharedHeldOutStep'
import { RunMark } from './RunMark'

/** The runs side by side, to choose among, to add to and to take from; with one alone, only the way to a second. */
export function RunBar() {
  const contenders = usePage((state) => state.contenders)
  const active = usePage((state) => state.active)
  const baseline = usePage((state) => findContender(state, state.baseline) ?? state.contenders[0])
  const leadingStep = usePage((state) => leadingRun(state)?.step ?? 0)
  const sharedStep = usePage((state) => sharedHeldOutStep(state.contenders, leadingRun(state)?.step ?? 0))
  const commands = useCommands()
  const group = useId()
  const bar = useRef<HTMLElement>(null)
  const keepFocus = useFocusKept(bar)
  const remove = useCallback((letter: Letter) => keepFocus(() => commands.remove(letter)), [keepFocus, commands])
  const isAlone = contenders.length === 1
  return (
    <section ref={bar} className={styles['bar']} data-alone={isAlone} aria-label="Side by side">
      {isAlone ? (
        <p className={styles['invitation']}>
          <RunMark letter={contenders[0].letter} /> · Compare:
        </p>
      ) : (
        <div role="radiogroup" aria-label="Run to edit and look at closely" className={styles['runs']}>
          {contenders.map((contender) => (
            <RunChip
              key={contender.letter}
              contender={contender}
              baseline={baseline}
              isActive={contender.letter === active}
              leadingStep={leadingStep}
              sharedStep={sharedStep}
              group={group}
              onRemove={remove}
            />
          ))}
        </div>
      )}
      <AddButton onAdd={() => keepFocus(() => commands.fork())} />
    </section>
  )
}

function AddButton({ onAdd }: { readonly onAdd: () => void }) {
  const letter = usePage(freeLetter)
  const active = usePage((state) => state.active)
  if (letter === undefined) return null
  return (
    <Button
      look="line"
      className={styles['add']}
      aria-label={`Add ${letter}`}
      aria-keyshortcuts="A"
      title={`The same network as ${active} beside it, from step 0: change one thing and compare (A)`}
      onClick={onAdd}
    >
      <Icon name="plus" />
      <span>
        <span className={styles['verb']}>Add</span> {letter}
      </span>
    </Button>
  )
}

/**
 * Runs what adds or removes a run; where the focused control goes with it, the focus passes to the run that is active
 * then, not to the top of the page.
 */
function useFocusKept(bar: RefObject<HTMLElement | null>): (change: () => void) => void {
  const isOurs = useRef(false)
  useLayoutEffect(() => {
    if (!isOurs.current) return
    isOurs.current = false
    const { current } = bar
    if (!current || current.contains(document.activeElement)) return
    const next = current.querySelector<HTMLElement>('input:checked') ?? current.querySelector<HTMLElement>('button')
    next?.focus()
  })
  return useCallback((change) => {
    isOurs.current = true
    change()
  }, [])
}
