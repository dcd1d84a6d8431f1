import type { OptimizerSpec } from '../../experiment/spec'
import { useCommands } from '../pageContext'
import { NumberSetting } from './NumberSetting'
import { useSpecEditor } from './useSpecEditor'

/** The numbers this optimizer has besides its learning rate. */
export function OptimizerSettings() {
  const { spec, edit } = useSpecEditor()
  const commands = useCommands()
  const { optimizer } = spec
  const set = (next: OptimizerSpec) => edit((before) => ({ ...before, optimizer: next }))
  return (
    <>
      <NumberSetting
        path="optimizer.weightDecay"
        value={optimizer.weightDecay}
        onCommit={(weightDecay) => commands.change({ weightDecay })}
      />
      {'momentum' in optimizer && (
        <NumberSetting
          path="optimizer.momentum"
          value={optimizer.momentum}
          onCommit={(momentum) => set({ ...optimizer, momentum })}
        />
      )}
      {'decay' in optimizer && (
        <NumberSetting
          path="optimizer.decay"
          value={optimizer.decay}
          onCommit={(decay) => set({ ...optimizer, decay })}
        />
      )}
      {'beta1' in optimizer && (
        <>
          <NumberSetting
            path="optimizer.beta1"
            value={optimizer.beta1}
            onCommit={(beta1) => set({ ...optimizer, beta1 })}
          />
          <NumberSetting
            path="optimizer.beta2"
            value={optimizer.beta2}
            onCommit={(beta2) => set({ ...optimizer, beta2 })}
          />
        </>
      )}
      {'epsilon' in optimizer && (
        <NumberSetting
          path="optimizer.epsilon"
          value={optimizer.epsilon}
          onCommit={(epsilon) => set({ ...optimizer, epsilon })}
        />
      )}
    </>
  )
}
