import { describeArchitecture, type Architecture } from '../../experiment/architecture'
import { dataShape } from '../../experiment/dataShape'
import { addLayer } from '../../experiment/edits'
import type { ExperimentSpec } from '../../experiment/spec'
import { activeContender } from '../../runs/contenders'
import type { PageState } from '../../runs/state'
import { Button } from '../common/Button'
import { formatCount } from '../common/format'
import { Icon } from '../common/Icon'
import { usePage } from '../pageContext'
import { Section } from '../settings/Section'
import { useFault, useSpecEditor } from '../settings/useSpecEditor'
import { LayerRow } from './LayerRow'
import styles from './NetworkSection.module.css'

/** The layers from input to output, each with what it uses of its width. */
export function NetworkSection() {
  const { spec, edit } = useSpecEditor()
  const features = usePage(inputWidth)
  const architecture = describeDraft(spec, features)
  const widest = Math.max(...spec.layers.map((layer) => layer.units))
  const fault = useFault('layers')
  return (
    <Section
      title="Network"
      note={architecture && <span title="weights and biases">{formatCount(architecture.parameters)} parameters</span>}
    >
      <ol className={styles['layers']}>
        {spec.layers.map((layer, index) => (
          <LayerRow
            key={layer.id}
            layer={layer}
            index={index}
            isOutput={index === spec.layers.length - 1}
            shape={architecture?.layers[index]}
            widest={widest}
          />
        ))}
      </ol>
      <Button look="quiet" className={styles['add']} onClick={() => edit((before) => addLayer(before))}>
        <Icon name="plus" />
        Add a layer
      </Button>
      {fault && (
        <p role="alert" className={styles['fault']}>
          {fault}
        </p>
      )}
    </Section>
  )
}

/** Numbers per sample of the data in the draft; of files, as the run that reads them found out. */
function inputWidth(state: PageState): number | undefined {
  const { draft, run } = activeContender(state)
  const generated = dataShape(draft.spec.data)
  if (generated) return generated.features
  return run?.started.data.sampleShape.reduce((product, size) => product * size, 1)
}

function describeDraft(spec: ExperimentSpec, features: number | undefined): Architecture | undefined {
  if (features === undefined) return undefined
  // Only shapes are asked for here, which do not depend on the task; its faults come with the draft.
  const task = { kind: 'regression', outputs: 1 } as const
  return describeArchitecture(spec, { features, task })
}
