import type { Turn } from './contender'

/** What run.mjs drives, one call at a time, from outside the page. */
export interface BenchPage {
  readonly contenders: readonly string[]
  readonly networks: readonly string[]
  adapterName(): Promise<string>
  open(contender: number, network: number): Promise<void>
  turn(contender: number, steps: number): Promise<Turn>
  close(): void
}

declare global {
  var bench: BenchPage
}
