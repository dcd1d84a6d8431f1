import { useEffect, useMemo, useRef, type FocusEvent, type KeyboardEvent } from 'react'
import type { Preset } from '../../experiment/preset'
import { presets } from '../../experiment/presetList'
import { presetSpecs, referenceDefault } from '../../experiment/presets'
import { activeDraft } from '../../runs/contenders'
import { viridisPalette } from '../charts/viridis'
import { useCommands, usePage } from '../pageContext'
import { nextCard } from './cardKeys'
import { originOf } from './currentPreset'
import styles from './gallery.module.css'
import { groups } from './groups'
import { PresetCard } from './PresetCard'

export interface GalleryProps {
  readonly onChosen: () => void
}

const all = [...presets, referenceDefault]

/** Experiments worth seeing, each with what its run looked like and what to look at. */
export function Gallery({ onChosen }: GalleryProps) {
  const commands = useCommands()
  const spec = usePage((state) => activeDraft(state).spec)
  const current = useMemo(() => originOf(spec, all), [spec])
  const isRace = usePage(({ contenders }) => contenders.length > 1)
  const gallery = useRef<HTMLDivElement>(null)

  useEffect(() => {
    const buttons = buttonsIn(gallery.current)
    const marked = buttons.find((button) => button.ariaCurrent === 'true')
    ;(marked ?? buttons[0])?.focus({ preventScroll: true })
  }, [])

  const choose = (preset: Preset) => {
    onChosen()
    const specs = presetSpecs(preset)
    // What runs beside a preset is the user's own and stays, unless a preset put it there.
    const replacesRace = isRace && presets.some(({ title, against }) => against && title === current.preset)
    if (specs.length > 1 || replacesRace) commands.putSideBySide(specs)
    else commands.edit(specs[0])
  }
  return (
    // Arrow keys come beside Tab, which reaches every card by itself.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div ref={gallery} className={styles['gallery']} onKeyDown={moveByArrow} onFocus={showCard}>
      <HowToRead />
      {groups.map(({ group, title, members }) => (
        <section key={group} className={styles['group']} aria-label={title}>
          <h3 className={styles['heading']}>{title}</h3>
          <ul className={styles['cards']}>
            {members.map((preset) => (
              <PresetCard
                key={preset.id}
                preset={preset}
                status={preset.title !== current.preset ? 'other' : current.isEdited ? 'edited' : 'current'}
                onChoose={() => choose(preset)}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

const gradient = `linear-gradient(to right, ${viridisPalette(24).join(', ')})`

function HowToRead() {
  return (
    <p className={styles['howTo']}>
      <span>
        Every picture is a real run: a row for each layer, steps to the right. The bars before the rows are the layers’
        widths and, filled, the directions used at the end.
      </span>
      <span className={styles['legend']}>
        saturation <span>0</span>
        <span className={styles['scale']} style={{ background: gradient }} aria-hidden="true" />
        <span>100 %</span>
      </span>
    </p>
  )
}

function buttonsIn(gallery: Element | null): HTMLButtonElement[] {
  return gallery ? [...gallery.querySelectorAll('button')] : []
}

function moveByArrow(event: KeyboardEvent<HTMLDivElement>): void {
  const buttons = buttonsIn(event.currentTarget)
  const from = buttons.findIndex((button) => button === document.activeElement)
  const boxes = buttons.map((button) => (button.closest('li') ?? button).getBoundingClientRect())
  const to = nextCard(boxes, from, event.key)
  if (to === undefined) return
  event.preventDefault()
  buttons[to]?.focus({ preventScroll: true })
}

/** The whole card comes into view, not just its title, which is what has the focus. */
function showCard(event: FocusEvent<HTMLDivElement>): void {
  event.target.closest('li')?.scrollIntoView({ block: 'nearest' })
}
