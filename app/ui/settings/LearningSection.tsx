import { initialisationChoices, lossChoices, optimizerChoices, type InitialisationKind } from '../../experiment/choices'
import { changeLossKind, changeOptimizerKind } from '../../experiment/kinds'
import { numberSettings } from '../../experiment/settings'
import type { Initialisation, TrainingSpec } from '../../experiment/spec'
import { useCommands } from '../pageContext'
import { AugmentationSettings } from './AugmentationSettings'
import { ChoiceSetting } from './ChoiceSetting'
import { NumberSetting, OptionalNumberSetting } from './NumberSetting'
import { OptimizerSettings } from './OptimizerSettings'
import { ScheduleSettings } from './ScheduleSettings'
import { More, Section } from './Section'
import { useDataShape } from './useDataShape'
import { useSpecEditor } from './useSpecEditor'

/** How the weights are found. Learning rate, decay and clipping act on the running network at once. */
export function LearningSection() {
  const { spec, edit } = useSpecEditor()
  const commands = useCommands()
  const { optimizer, training } = spec
  const setTraining = (change: Partial<TrainingSpec>) =>
    edit((before) => ({ ...before, training: { ...before.training, ...change } }))
  return (
    <Section title="Learning">
      <NumberSetting
        path="optimizer.learningRate"
        value={optimizer.learningRate}
        onCommit={(learningRate) => commands.change({ learningRate })}
      />
      <ChoiceSetting
        label="Optimizer"
        path="optimizer.kind"
        value={optimizer.kind}
        choices={optimizerChoices}
        onChange={(kind) => edit((before) => changeOptimizerKind(before, kind))}
      />
      <NumberSetting
        path="training.batchSize"
        control="stepper"
        value={training.batchSize}
        onCommit={(batchSize) => setTraining({ batchSize })}
      />
      <AugmentationSettings />
      <More label="Loss, start, schedule, penalties">
        <LossSettings />
        <InitialisationSettings />
        <NumberSetting
          path="seed"
          control="field"
          value={spec.seed}
          onCommit={(seed) => edit((before) => ({ ...before, seed }))}
        />
        <NumberSetting
          path="training.steps"
          control="field"
          value={training.steps}
          onCommit={(steps) => setTraining({ steps })}
        />
        <ScheduleSettings />
        <OptimizerSettings />
        <OptionalNumberSetting
          path="training.clipNorm"
          value={training.clipNorm}
          empty="none"
          onCommit={(clipNorm) => commands.change({ clipNorm })}
        />
        <NumberSetting path="training.l1" value={training.l1} onCommit={(l1) => setTraining({ l1 })} />
        <NumberSetting path="training.l2" value={training.l2} onCommit={(l2) => setTraining({ l2 })} />
      </More>
    </Section>
  )
}

function LossSettings() {
  const { spec, edit } = useSpecEditor()
  const data = useDataShape()
  const { loss } = spec
  return (
    <>
      <ChoiceSetting
        label="Loss"
        path="loss.kind"
        value={loss.kind}
        choices={lossChoices}
        onChange={(kind) => edit((before) => changeLossKind(before, kind, data))}
      />
      {loss.kind === 'crossEntropy' && (
        <NumberSetting
          path="loss.labelSmoothing"
          value={loss.labelSmoothing}
          onCommit={(labelSmoothing) => edit((before) => ({ ...before, loss: { ...loss, labelSmoothing } }))}
        />
      )}
    </>
  )
}

function InitialisationSettings() {
  const { spec, edit } = useSpecEditor()
  const { initialisation } = spec
  const set = (next: Initialisation) => edit((before) => ({ ...before, initialisation: next }))
  const choose = (kind: InitialisationKind) =>
    set(kind === 'normal' ? { kind, scale: numberSettings['initialisation.scale'].default } : kind)
  return (
    <>
      <ChoiceSetting
        label="Initial weights"
        path="initialisation"
        value={typeof initialisation === 'string' ? initialisation : initialisation.kind}
        choices={initialisationChoices}
        onChange={choose}
      />
      {typeof initialisation === 'object' && (
        <NumberSetting
          path="initialisation.scale"
          value={initialisation.scale}
          onCommit={(scale) => set({ kind: 'normal', scale })}
        />
      )}
    </>
  )
}
