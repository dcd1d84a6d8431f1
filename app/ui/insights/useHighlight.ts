import { useEffect, useMemo } from 'react'
import { highlightOf } from '../../runs/highlight'
import type { Insight } from '../../runs/insights/insight'
import type { Letter, RunState } from '../../runs/state'
import { useCommands } from '../pageContext'

/** Marks in the charts what the insight was found from, for as long as there is one. */
export function useHighlight(insight: Insight | undefined, run: RunState | undefined, letter: Letter): void {
  const commands = useCommands()
  const highlight = useMemo(
    () => (insight && run ? highlightOf(insight, letter, run) : undefined),
    [insight, run, letter],
  )
  useEffect(() => {
    commands.setView({ highlight })
  }, [commands, highlight])
  // Not with every change: the charts would be drawn without marks in between.
  useEffect(() => () => commands.setView({ highlight: undefined }), [commands])
}
