import { IconButton } from '../common/Button'
import { useCommands, usePage } from '../pageContext'

const cycle = {
  system: { next: 'light', icon: 'system', label: 'Theme: as the system. Switch to light' },
  light: { next: 'dark', icon: 'sun', label: 'Theme: light. Switch to dark' },
  dark: { next: 'system', icon: 'moon', label: 'Theme: dark. Switch to the system’s' },
} as const

export function ThemeToggle() {
  const theme = usePage((state) => state.view.theme)
  const commands = useCommands()
  const { next, icon, label } = cycle[theme]
  return <IconButton icon={icon} label={label} onClick={() => commands.setView({ theme: next })} />
}
