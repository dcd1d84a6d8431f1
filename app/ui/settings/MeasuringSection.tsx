import { outputChoices, samplingChoices, sourceChoices } from '../../experiment/choices'
import { everyLayer } from '../../experiment/layerPlace'
import type { ExperimentSpec, MonitorSpec } from '../../experiment/spec'
import { activeRun } from '../../runs/contenders'
import { formatCount } from '../common/format'
import { formatQuantity } from '../common/formatQuantity'
import { Term } from '../common/Term'
import { usePage } from '../pageContext'
import { ChoiceSetting } from './ChoiceSetting'
import { describeMonitor } from './describeMonitor'
import { NumberSetting, OptionalNumberSetting } from './NumberSetting'
import rows from './rows.module.css'
import { More, Section } from './Section'
import { useDataShape } from './useDataShape'
import { useSpecEditor } from './useSpecEditor'

/** How saturation is measured: on which samples, of which output, how often. */
export function MeasuringSection() {
  const { spec, edit } = useSpecEditor()
  const { monitor } = spec
  const set = (change: Partial<MonitorSpec>) =>
    edit((before) => ({ ...before, monitor: { ...before.monitor, ...change } }))
  return (
    <Section title="Measuring" note={describeMonitor(spec, useDataShape())}>
      <More label="Source, output, cadence">
        <ChoiceSetting
          label="Samples from"
          path="monitor.source"
          value={monitor.source}
          choices={sourceChoices}
          onChange={(source) => set({ source })}
        />
        <NumberSetting path="monitor.samples" value={monitor.samples} onCommit={(samples) => set({ samples })} />
        <ChoiceSetting
          label="Output"
          path="monitor.output"
          value={monitor.output}
          choices={outputChoices}
          onChange={(output) => set({ output })}
        />
        {hasFeatureMaps(spec) && (
          <ChoiceSetting
            label="Feature maps"
            path="monitor.sampling"
            value={monitor.sampling}
            choices={samplingChoices}
            onChange={(sampling) => set({ sampling })}
          />
        )}
        <OptionalNumberSetting
          path="monitor.cadence"
          value={monitor.cadence === 'auto' ? null : monitor.cadence}
          empty="auto"
          onCommit={(cadence) => set({ cadence: cadence ?? 'auto' })}
        />
        <KeptWeights />
      </More>
    </Section>
  )
}

/** Whether it matters how feature maps are sampled. */
function hasFeatureMaps({ layers }: ExperimentSpec): boolean {
  return everyLayer(layers).some(({ layer }) => layer.kind === 'conv' || layer.kind === 'transposedConv')
}

/** What going back in time takes. */
function KeptWeights() {
  const use = usePage((state) => activeRun(state)?.snapshots)
  if (!use) return null
  const { count, bytesOnGpu, bytesInMemory, budget } = use
  const inMemory = bytesInMemory > 0 ? ` and ${formatQuantity(bytesInMemory, 'B')} in memory` : ''
  return (
    <p className={rows['note']}>
      <Term name={count === 1 ? 'Snapshot' : 'Snapshots'} id="snapshot" look="quiet" /> of {formatCount(count)} past{' '}
      {count === 1 ? 'step' : 'steps'}, to scrub and fork: {formatQuantity(bytesOnGpu, 'B')} of{' '}
      {formatQuantity(budget, 'B')} on the device{inMemory}.
    </p>
  )
}
