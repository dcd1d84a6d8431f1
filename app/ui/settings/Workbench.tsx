import { Hideable } from '../common/Hideable'
import { NetworkSection } from '../model/NetworkSection'
import type { HideablePart, PageOptions } from '../pageOptions'
import { DataSection } from './DataSection'
import { LearningSection } from './LearningSection'
import { MeasuringSection } from './MeasuringSection'

/** Everything that makes the experiment, in the order the samples take: data, network, learning, measuring. */
export function Workbench() {
  return (
    <>
      <Hideable part="data">
        <DataSection />
      </Hideable>
      <Hideable part="network">
        <NetworkSection />
      </Hideable>
      <Hideable part="learning">
        <LearningSection />
      </Hideable>
      <Hideable part="measuring">
        <MeasuringSection />
      </Hideable>
    </>
  )
}

const sections: readonly HideablePart[] = ['data', 'network', 'learning', 'measuring']

/** Whether anything of the workbench is to be seen. */
export function hasWorkbench({ hidden }: PageOptions): boolean {
  return sections.some((section) => !hidden.has(section))
}
