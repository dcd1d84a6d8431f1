import type { ScheduleSpec } from './spec'

/**
 * Factor on the learning rate of the update that follows `updatesDone` others (0 for the first). The warm-up rises
 * in equal steps and ends at 1; after it the schedules count as PyTorch's StepLR and CosineAnnealingLR do: the first
 * update has the full rate.
 * @param plannedSteps where the cosine ends; later updates stay at its floor.
 */
export function learningRateFactor(schedule: ScheduleSpec, updatesDone: number, plannedSteps: number): number {
  const { warmup } = schedule
  if (updatesDone < warmup) return (updatesDone + 1) / warmup
  const since = updatesDone - warmup
  if (schedule.kind === 'constant') return 1
  if (schedule.kind === 'step') return schedule.factor ** Math.floor(since / schedule.every)
  const length = plannedSteps - warmup
  // A warm-up as long as the run leaves no cosine; training continued after it stays at the floor.
  const progress = length > 0 ? Math.min(since / length, 1) : 1
  return schedule.floor + (1 - schedule.floor) * 0.5 * (1 + Math.cos(Math.PI * progress))
}
