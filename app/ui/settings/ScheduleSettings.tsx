import { scheduleChoices } from '../../experiment/choices'
import { changeScheduleKind } from '../../experiment/kinds'
import type { ScheduleSpec } from '../../experiment/spec'
import { ChoiceSetting } from './ChoiceSetting'
import { NumberSetting } from './NumberSetting'
import { useSpecEditor } from './useSpecEditor'

/** How the learning rate changes over the planned steps. */
export function ScheduleSettings() {
  const { spec, edit } = useSpecEditor()
  const { schedule } = spec
  const set = (next: ScheduleSpec) => edit((before) => ({ ...before, schedule: next }))
  return (
    <>
      <ChoiceSetting
        label="Schedule"
        path="schedule.kind"
        value={schedule.kind}
        choices={scheduleChoices}
        onChange={(kind) => edit((before) => changeScheduleKind(before, kind))}
      />
      {schedule.kind === 'step' && (
        <>
          <NumberSetting
            path="schedule.every"
            value={schedule.every}
            onCommit={(every) => set({ ...schedule, every })}
          />
          <NumberSetting
            path="schedule.factor"
            value={schedule.factor}
            onCommit={(factor) => set({ ...schedule, factor })}
          />
        </>
      )}
      {schedule.kind === 'cosine' && (
        <NumberSetting path="schedule.floor" value={schedule.floor} onCommit={(floor) => set({ ...schedule, floor })} />
      )}
      <NumberSetting
        path="schedule.warmup"
        value={schedule.warmup}
        onCommit={(warmup) => set({ ...schedule, warmup })}
      />
    </>
  )
}
