import { dataChoices, standardiseChoices } from '../../experiment/choices'
import { dataShape } from '../../experiment/dataShape'
import { fitToData } from '../../experiment/edits'
import { changeDataKind } from '../../experiment/kinds'
import type { DataKind, DataSpec, ExperimentSpec, GeneratedDataSpec } from '../../experiment/spec'
import { Select } from '../common/Select'
import { Term } from '../common/Term'
import { FileCard } from '../files/FileCard'
import { FilePicker } from '../files/FilePicker'
import { ChoiceSetting } from './ChoiceSetting'
import { DataPreview } from './DataPreview'
import { HeldOutSettings } from './HeldOutSettings'
import { NumberSetting } from './NumberSetting'
import styles from './rows.module.css'
import { More, Section } from './Section'
import { useSpecEditor } from './useSpecEditor'

const groups: readonly { readonly label: string; readonly kinds: readonly DataKind[] }[] = [
  { label: 'Images', kinds: ['digits'] },
  { label: 'Classes in the plane', kinds: ['circle', 'xor', 'gaussians', 'spirals', 'moons', 'checkerboard'] },
  { label: 'Values over the plane', kinds: ['plane', 'hills'] },
  { label: 'Many dimensions', kinds: ['subspace', 'teacher'] },
]

/** What is learned from: generated here, or the user's own files. */
export function DataSection() {
  return (
    <Section title="Data">
      <KindRow />
      <DataPreview />
      <FilePicker />
      <FileCard />
      <More label="Samples, noise, held-out share">
        <DataSettings />
      </More>
    </Section>
  )
}

function KindRow() {
  const { spec, edit } = useSpecEditor()
  const { kind } = spec.data
  const toOption = (value: DataKind) => ({ value, label: dataChoices[value].label })
  const options = groups.map(({ label, kinds }) => ({ label, options: kinds.map(toOption) }))
  const isFile = kind === 'idx' || kind === 'csv'
  return (
    <div className={styles['row']}>
      <span className={styles['label']}>
        <Term name="Source" look="label">
          <strong>{dataChoices[kind].label}.</strong> {dataChoices[kind].explanation}
        </Term>
      </span>
      <Select
        label="Data source"
        className={styles['wide']}
        value={kind}
        options={isFile ? [{ label: 'Your files', options: [toOption(kind)] }, ...options] : options}
        onChange={(next) => edit((before) => changeDataKind(before, next))}
      />
    </div>
  )
}

function DataSettings() {
  const { spec, edit } = useSpecEditor()
  const { data } = spec
  const set = (change: DataSpec) => edit((before) => withData(before, change))
  return (
    <>
      {'samples' in data && <GeneratedSettings data={data} set={set} />}
      <HeldOutSettings data={data} set={set} />
      <ChoiceSetting
        label="Standardise"
        path="data.standardise"
        value={data.standardise}
        choices={standardiseChoices}
        onChange={(standardise) => set({ ...data, standardise })}
      />
    </>
  )
}

/** The same kind of data with other numbers: more classes need more outputs. */
function withData(spec: ExperimentSpec, data: DataSpec): ExperimentSpec {
  const shape = dataShape(data)
  const changed = { ...spec, data }
  return shape ? fitToData(changed, shape) : changed
}

interface GeneratedSettingsProps {
  readonly data: GeneratedDataSpec
  readonly set: (data: DataSpec) => void
}

/** The numbers this kind of generated data has. */
function GeneratedSettings({ data, set }: GeneratedSettingsProps) {
  return (
    <>
      <NumberSetting path="data.samples" value={data.samples} onCommit={(samples) => set({ ...data, samples })} />
      {'size' in data && (
        <NumberSetting path="data.size" value={data.size} onCommit={(size) => set({ ...data, size })} />
      )}
      {'dimensions' in data && (
        <NumberSetting
          path="data.dimensions"
          value={data.dimensions}
          onCommit={(dimensions) => set({ ...data, dimensions })}
        />
      )}
      {'rank' in data && (
        <NumberSetting path="data.rank" value={data.rank} onCommit={(rank) => set({ ...data, rank })} />
      )}
      {'hidden' in data && (
        <NumberSetting path="data.hidden" value={data.hidden} onCommit={(hidden) => set({ ...data, hidden })} />
      )}
      {'classes' in data && (
        <NumberSetting path="data.classes" value={data.classes} onCommit={(classes) => set({ ...data, classes })} />
      )}
      <NumberSetting path="data.noise" value={data.noise} onCommit={(noise) => set({ ...data, noise })} />
      {'labelNoise' in data && (
        <NumberSetting
          path="data.labelNoise"
          value={data.labelNoise}
          onCommit={(labelNoise) => set({ ...data, labelNoise })}
        />
      )}
    </>
  )
}
