import { NetworkSection } from '../model/NetworkSection'
import { DataSection } from './DataSection'
import { LearningSection } from './LearningSection'
import { MeasuringSection } from './MeasuringSection'

/** Everything that makes the experiment, in the order the samples take: data, network, learning, measuring. */
export function Workbench() {
  return (
    <>
      <DataSection />
      <NetworkSection />
      <LearningSection />
      <MeasuringSection />
    </>
  )
}
