import { describeArchitecture } from '../../experiment/architecture'
import { activeRun } from '../../runs/contenders'
import { estimateSlowdown } from '../../runs/slowdown'
import type { EngineReport, RunState } from '../../runs/state'
import { formatCount } from '../common/format'
import { joinClasses } from '../common/joinClasses'
import { Popover } from '../common/Popover'
import { usePage } from '../pageContext'
import styles from './EngineBadge.module.css'
import { adviseOnWebgpu } from './webgpuAdvice'

/** What computes: always to be seen, because every number on the page is as fast as this. */
export function EngineBadge() {
  const engine = usePage((state) => state.engine)
  const slowdown = usePage((state) => measureSlowdown(activeRun(state)))
  if (!engine) return <span className={styles['waiting']}>starting…</span>
  const { text, extra, detail } = describeEngine(engine, slowdown)
  const isFast = engine.engine === 'gpu' && !engine.software
  return (
    <Popover
      label={`Engine: ${text}${extra}`}
      trigger={
        <>
          <span className={joinClasses(styles['dot'], isFast ? styles['fast'] : styles['slow'])} aria-hidden="true" />
          <span className={styles['text']}>
            {text}
            <span className={styles['extra']}>{extra}</span>
          </span>
        </>
      }
      triggerClassName={styles['badge']}
      width={340}
    >
      <p>{detail}</p>
      {!isFast && (
        <details className={styles['advice']}>
          <summary>{engine.engine === 'gpu' ? 'How to get a real GPU here' : 'How to get WebGPU here'}</summary>
          <p>{adviseOnWebgpu(navigator.userAgent)}</p>
        </details>
      )}
    </Popover>
  )
}

interface EngineWords {
  readonly text: string
  /** What a phone has no room for. */
  readonly extra: string
  readonly detail: string
}

/** Steps after which the time per step is steady enough to be told. */
const STEPS_TO_MEASURE = 20

/** How many times slower than an integrated GPU; undefined before it was measured. */
function measureSlowdown(run: RunState | undefined): number | undefined {
  if (!run || run.step < STEPS_TO_MEASURE) return undefined
  const { spec, started, millisPerStep } = run
  return estimateSlowdown(millisPerStep, describeArchitecture(spec, started.data).flopsPerStep)
}

function describeEngine({ engine, software, adapterName, reason }: EngineReport, slowdown?: number): EngineWords {
  if (engine === 'reference') {
    return {
      text: 'CPU',
      extra: slowdown === undefined ? ', measuring its speed' : `, about ${formatCount(slowdown)}× slower`,
      detail: `${reason ?? 'There is no WebGPU here.'} The same page trains on the CPU, in a worker, with the same results to rounding. How much slower is this machine's own time per step against that of an integrated graphics processor.`,
    }
  }
  if (software) {
    return {
      text: 'GPU',
      extra: ', in software',
      detail: `WebGPU works, but ${adapterName} computes it on the CPU: everything is right, and slower than on a graphics card.`,
    }
  }
  return {
    text: 'GPU',
    extra: ` · ${adapterName}`,
    detail: `Training runs on the graphics card (${adapterName}) through WebGPU.`,
  }
}
