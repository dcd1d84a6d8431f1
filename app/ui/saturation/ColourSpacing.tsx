import type { View } from '../../runs/state'
import { Segmented } from '../common/Segmented'
import { useCommands, usePage } from '../pageContext'

const scales: readonly { readonly value: View['colourScale']; readonly label: string; readonly title: string }[] = [
  { value: 'sqrt', label: '√', title: 'Square-root spacing: low values keep their differences' },
  { value: 'linear', label: 'linear', title: 'Even spacing from 0 to 100 %' },
]

/** How colours are spaced, of saturations and of their differences alike. */
export function ColourSpacing() {
  const commands = useCommands()
  const colourScale = usePage((state) => state.view.colourScale)
  return (
    <Segmented
      label="Colour spacing"
      value={colourScale}
      options={scales}
      onChange={(value) => commands.setView({ colourScale: value })}
    />
  )
}
