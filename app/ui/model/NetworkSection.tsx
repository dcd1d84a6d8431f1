import { useId, useRef, useState } from 'react'
import { describeArchitecture } from '../../experiment/architecture'
import { setUnits } from '../../experiment/edits'
import { visuallyHidden } from '../common/visuallyHidden'
import { useCommands } from '../pageContext'
import { FaultLine } from '../settings/FaultLine'
import { Section } from '../settings/Section'
import { useDataShape } from '../settings/useDataShape'
import { useSpecEditor } from '../settings/useSpecEditor'
import { LayerList, type WidthPreview } from './LayerList'
import { LayerPalette } from './LayerPalette'
import { NetworkCost } from './NetworkCost'
import styles from './NetworkSection.module.css'
import { useLayerActions } from './useLayerActions'

/** The layers from input to output, each with what it uses of its width, and what they cost together. */
export function NetworkSection() {
  const { spec } = useSpecEditor()
  const commands = useCommands()
  const data = useDataShape()
  const section = useRef<HTMLElement>(null)
  const actions = useLayerActions(section)
  const [preview, setPreview] = useState<WidthPreview>()
  const faultId = useId()

  const previewed = spec.layers.findIndex(({ id }) => id === preview?.id)
  const shown = preview ? setUnits(spec, previewed, preview.units) : spec
  const architecture = data && describeArchitecture(shown, data)
  return (
    <Section
      title="Network"
      element={section}
      action={
        <span className={styles['add']} data-adds>
          <LayerPalette spec={spec} onAdd={actions.add} />
        </span>
      }
    >
      <LayerList
        {...{ spec, preview, actions }}
        shapes={architecture?.layers}
        onPreview={setPreview}
        onWidth={(index, units) => commands.setWidth(index, units)}
      />
      <FaultLine id={faultId} path="layers" />
      {architecture && <NetworkCost architecture={architecture} batchSize={spec.training.batchSize} />}
      <output className={visuallyHidden} aria-live="polite">
        {actions.news}
      </output>
    </Section>
  )
}
