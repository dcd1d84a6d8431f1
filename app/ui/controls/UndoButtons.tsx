import { IconButton } from '../common/Button'
import { useCommands, usePage } from '../pageContext'
import { editShortcuts } from './shortcuts'

/** Takes edits back and makes them again, whatever was edited. */
export function UndoButtons() {
  const commands = useCommands()
  const { canUndo, canRedo } = usePage((state) => state.history)
  const { undo, redo } = editShortcuts(navigator.platform)
  return (
    <>
      <IconButton
        icon="undo"
        label="Undo"
        title={`Undo (${undo.text})`}
        aria-keyshortcuts={undo.aria}
        disabled={!canUndo}
        onClick={() => commands.undo()}
      />
      <IconButton
        icon="redo"
        label="Redo"
        title={`Redo (${redo.text})`}
        aria-keyshortcuts={redo.aria}
        disabled={!canRedo}
        onClick={() => commands.redo()}
      />
    </>
  )
}
