import { mostClasses, mostScale } from '../../experiment/dataLimits'
import type { DataSpec, GeneratedDataSpec, ShapesData } from '../../experiment/dataSpec'
import { NumberSetting } from './NumberSetting'

interface GeneratedSettingsProps {
  readonly data: GeneratedDataSpec
  readonly set: (data: DataSpec) => void
}

/** The numbers this kind of generated data has. */
export function GeneratedSettings({ data, set }: GeneratedSettingsProps) {
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
      {data.kind === 'textures' && (
        <NumberSetting
          path="data.scale"
          value={data.scale}
          maximum={mostScale(data)}
          onCommit={(scale) => set({ ...data, scale })}
        />
      )}
      {'classes' in data && (
        <NumberSetting
          path="data.classes"
          value={data.classes}
          maximum={mostClasses(data)}
          onCommit={(classes) => set({ ...data, classes })}
        />
      )}
      {data.kind === 'shapes' && <ShapeSettings data={data} set={set} />}
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

interface ShapeSettingsProps {
  readonly data: ShapesData
  readonly set: (data: DataSpec) => void
}

/** What makes figures harder to tell apart. */
function ShapeSettings({ data, set }: ShapeSettingsProps) {
  return (
    <>
      <NumberSetting path="data.jitter" value={data.jitter} onCommit={(jitter) => set({ ...data, jitter })} />
      <NumberSetting path="data.rotation" value={data.rotation} onCommit={(rotation) => set({ ...data, rotation })} />
      <NumberSetting path="data.colour" value={data.colour} onCommit={(colour) => set({ ...data, colour })} />
      <NumberSetting path="data.clutter" value={data.clutter} onCommit={(clutter) => set({ ...data, clutter })} />
    </>
  )
}
