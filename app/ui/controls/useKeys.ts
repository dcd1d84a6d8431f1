import { useEffect } from 'react'
import { tinykeys } from 'tinykeys'
import { leadingRun } from '../../runs/contenders'
import type { Commands } from '../../runs/commands'
import type { PageState } from '../../runs/state'
import { forkedStep } from '../compare/forkedStep'
import { useCommands, usePage, usePageStore } from '../pageContext'
import { useIsShown } from '../pageOptionsContext'
import { nextCompare } from '../saturation/compareModes'
import { canPlay, canStep } from './describeRun'
import { editShortcuts } from './shortcuts'
import { usesSpace } from './usesSpace'

const edits = editShortcuts(navigator.platform)

/** Keys for people, in the order of the help. */
export const keys: readonly { readonly key: string; readonly does: string }[] = [
  { key: 'Space', does: 'play or pause' },
  { key: '.', does: 'one step' },
  { key: 'R', does: 'start again from step 0' },
  { key: 'M', does: 'watch or max pace' },
  { key: 'A', does: 'add a run beside this one' },
  { key: 'F', does: 'fork this run at the step that is shown, with its weights' },
  { key: 'C', does: 'heatmaps of all runs, their difference to the baseline, or this run alone' },
  { key: '1–4', does: 'edit and look closely at run A, B, C or D' },
  { key: edits.undo.text, does: 'undo' },
  { key: edits.redo.text, does: 'redo' },
  { key: '?', does: 'this help' },
]

/** The page's keys, silent while someone types, operates a control that uses the key itself, or has a dialog open. */
export function useKeys(helpId: string): void {
  const commands = useCommands()
  // Asked when a key is pressed: what changes with every column must not render the whole page anew.
  const store = usePageStore()
  const isPlaying = usePage((state) => leadingRun(state)?.playing ?? false)
  const isPlayable = usePage((state) => canPlay(leadingRun(state)))
  const isSteppable = usePage((state) => canStep(leadingRun(state)))
  const isAddable = useIsShown('runs')
  const pace = usePage((state) => state.pace)
  const compare = usePage((state) => state.view.compare)
  useEffect(() => {
    const bindings: Record<string, () => void> = {
      Space() {
        if (isPlaying) commands.pause()
        else if (isPlayable) commands.play()
      },
      '.'() {
        if (isSteppable) commands.step()
      },
      r: () => commands.reset(),
      m: () => togglePace(commands, pace),
      a() {
        // Without the bar of runs there would be no way to take it away again.
        if (isAddable) commands.fork()
      },
      f() {
        if (isAddable) forkShown(commands, store.getState())
      },
      c: () => commands.setView({ compare: nextCompare(compare) }),
      Digit1: () => commands.activate('A'),
      Digit2: () => commands.activate('B'),
      Digit3: () => commands.activate('C'),
      Digit4: () => commands.activate('D'),
      '$mod+z': () => commands.undo(),
      '$mod+Shift+z': () => commands.redo(),
      'Control+y': () => commands.redo(),
      'Shift+?': () => document.getElementById(helpId)?.togglePopover(),
    }
    return tinykeys(
      window,
      Object.fromEntries(Object.entries(bindings).map(([key, act]) => [key, (event) => actUnlessInUse(event, act)])),
    )
  }, [commands, isPlaying, isPlayable, isSteppable, isAddable, pace, compare, store, helpId])
}

function forkShown(commands: Commands, state: PageState): void {
  const atStep = forkedStep(state)
  commands.fork(atStep === undefined ? {} : { atStep })
}

function togglePace(commands: Commands, pace: 'watch' | 'max'): void {
  commands.setPace(pace === 'watch' ? 'max' : 'watch')
}

function actUnlessInUse(event: KeyboardEvent, act: () => void): void {
  // A held key repeats: fine for single steps, not for play and pause.
  const repeatsWrongly = event.repeat && event.key !== '.'
  if (event.defaultPrevented || repeatsWrongly || isInUse(event)) return
  event.preventDefault()
  act()
}

function isInUse({ target, key }: KeyboardEvent): boolean {
  // Whatever has the focus: what lies behind a modal dialog is not to be operated.
  if (document.querySelector('dialog[open]')) return true
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true
  if (target instanceof HTMLInputElement) return target.type === 'text' || (key === ' ' && usesSpace(target))
  return key === ' ' && target.closest('button, summary, a, [role="button"]') !== null
}
