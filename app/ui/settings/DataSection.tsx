import { dataChoices, standardiseChoices } from '../../experiment/choices'
import { dataShape } from '../../experiment/dataShape'
import { fitToData } from '../../experiment/edits'
import { changeDataKind } from '../../experiment/kinds'
import { isFileData } from '../../experiment/dataKinds'
import type { DataKind, DataSpec } from '../../experiment/dataSpec'
import type { ExperimentSpec } from '../../experiment/spec'
import { Select } from '../common/Select'
import { Term } from '../common/Term'
import { FileCard } from '../files/FileCard'
import { FilePicker } from '../files/FilePicker'
import { ChoiceSetting } from './ChoiceSetting'
import { DataPreview } from './DataPreview'
import { GeneratedSettings } from './GeneratedSettings'
import { HeldOutSettings } from './HeldOutSettings'
import { ImageFileSettings } from './ImageFileSettings'
import styles from './rows.module.css'
import { More, Section } from './Section'
import { useSpecEditor } from './useSpecEditor'

const groups: readonly { readonly label: string; readonly kinds: readonly DataKind[] }[] = [
  { label: 'Images', kinds: ['digits', 'shapes', 'textures'] },
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
        options={isFileData(spec.data) ? [{ label: 'Your files', options: [toOption(kind)] }, ...options] : options}
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
      {'resize' in data && <ImageFileSettings data={data} set={set} />}
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
