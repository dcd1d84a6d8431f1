import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { defaultPreset, presetSpec, referenceDefault } from './experiment/presets'
import { readRaceLink } from './experiment/raceLink'
import { PageCommands } from './main/commands'
import { sendLooks } from './main/lookBack'
import { nextFrame } from './main/nextFrame'
import { openLinksWhileOpen } from './main/openLinks'
import { createRunStore } from './runs/store'
import { App } from './ui/App'
import { PageProvider } from './ui/pageContext'
import { readPageOptions } from './ui/pageOptions'
import { enlargeType } from './ui/theme/typeScale'
import { lastTheme } from './ui/theme/useTheme'
import { connectTrainingWorker } from './worker/client'
import { letters, type EngineChoice } from './worker/protocol'

/** `?engine=reference` or `?engine=gpu` in the address forces an engine: to compare them, and for tests. */
function engineChoice(): EngineChoice {
  const asked = new URLSearchParams(location.search).get('engine')
  return asked === 'gpu' || asked === 'reference' ? asked : 'auto'
}

function openPage(): void {
  const linked = readRaceLink(location.hash, letters.length)
  const store = createRunStore(linked?.ok ? linked.specs[0] : presetSpec(defaultPreset), nextFrame)
  store.update(({ view }) => ({ view: { ...view, theme: lastTheme() } }))
  const client = connectTrainingWorker((report) => {
    store.receive(report)
    commands.receive(report)
  })
  const commands = new PageCommands({ store, client, engine: engineChoice() })
  if (linked && !linked.ok) {
    const reasons = linked.faults.map(({ message }) => message).join(' ')
    const notice = `The link could not be opened: ${reasons} The page opened with its usual experiment instead.`
    store.update(() => ({ notice }))
  }
  commands.startFirst(linked?.ok ? undefined : presetSpec(referenceDefault))
  if (linked?.ok) commands.openBeside(linked.specs.slice(1))
  document.addEventListener('visibilitychange', () =>
    client.send({ kind: 'setVisible', visible: document.visibilityState === 'visible' }),
  )
  sendLooks(store, client)
  // Nobody looks into a network in the first second.
  import('./main/inspections').then(
    ({ sendInspections }) => sendInspections(store, client),
    (error: unknown) => {
      const failure = error instanceof Error ? error.message : String(error)
      store.update(({ inspection }) => ({ inspection: { ...inspection, failure } }))
    },
  )
  openLinksWhileOpen(window, () => location.reload())

  const options = readPageOptions(location.search)
  if (options.isLarge) enlargeType()
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html has no #root')
  createRoot(root).render(
    <StrictMode>
      <PageProvider store={store} commands={commands}>
        <App options={options} />
      </PageProvider>
    </StrictMode>,
  )
}

openPage()
