import type { EngineReport } from '../../runs/state'
import { joinClasses } from '../common/joinClasses'
import { Popover } from '../common/Popover'
import { usePage } from '../pageContext'
import styles from './EngineBadge.module.css'
import { adviseOnWebgpu } from './webgpuAdvice'

/** What computes: always to be seen, because every number on the page is as fast as this. */
export function EngineBadge() {
  const engine = usePage((state) => state.engine)
  if (!engine) return <span className={styles['waiting']}>starting…</span>
  const { text, detail } = describeEngine(engine)
  const isFast = engine.engine === 'gpu' && !engine.software
  return (
    <Popover
      label={`Engine: ${text}`}
      trigger={
        <>
          <span className={joinClasses(styles['dot'], isFast ? styles['fast'] : styles['slow'])} aria-hidden="true" />
          <span className={styles['text']}>{text}</span>
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

function describeEngine({ engine, software, adapterName, reason }: EngineReport): { text: string; detail: string } {
  if (engine === 'reference') {
    return {
      text: 'CPU, slower',
      detail: `${reason ?? 'There is no WebGPU here.'} The same page trains on the CPU, in a worker, with the same results to rounding.`,
    }
  }
  if (software) {
    return {
      text: 'software GPU',
      detail: `WebGPU works, but ${adapterName} computes it on the CPU: everything is right, and slower than on a graphics card.`,
    }
  }
  return { text: `GPU · ${adapterName}`, detail: `Training runs on the graphics card (${adapterName}) through WebGPU.` }
}
