import { useEffect, useState, type MouseEvent } from 'react'
import type { proposeRepair as ProposeRepairFunction } from '../../experiment/repair'
import { Button } from '../common/Button'
import styles from './FaultLine.module.css'
import { useDataShape } from './useDataShape'
import { useFault, useSpecEditor } from './useSpecEditor'

interface FaultLineProps {
  /** By which the field at fault refers to it. */
  readonly id: string
  /** Of the field in the spec: “layers.1.units”. */
  readonly path: string
  /** What is wrong with the text being typed, which the experiment has not seen yet. */
  readonly typed?: string | undefined
}

/** What is wrong with a field and, where there is an obvious way out, the button that takes it. */
export function FaultLine({ id, path, typed }: FaultLineProps) {
  const { spec, edit } = useSpecEditor()
  const data = useDataShape()
  const fault = useFault(path)
  const isMendable = fault !== undefined && typed === undefined
  const propose = useProposeRepair(isMendable)
  const repair = isMendable ? propose?.(spec, fault, data) : undefined
  const message = typed ?? fault?.message
  const mend = (event: MouseEvent<HTMLElement>) => {
    if (!repair) return
    // The button goes with the fault; the focus stays at what was mended.
    const field = document.querySelector<HTMLElement>(`[aria-describedby="${id}"]`)
    const around = event.currentTarget.closest('li, section')
    ;(field ?? around?.querySelector('button'))?.focus()
    edit(() => repair.spec)
  }
  return (
    <div className={styles['fault']} hidden={message === undefined}>
      <p id={id} className={styles['message']}>
        {message}
      </p>
      {repair && <Button onClick={mend}>{repair.label}</Button>}
    </div>
  )
}

type ProposeRepair = typeof ProposeRepairFunction

/** How faults are mended, fetched with the first of them; without it a fault is told all the same. */
function useProposeRepair(isNeeded: boolean): ProposeRepair | undefined {
  const [known, setKnown] = useState<{ readonly propose: ProposeRepair }>()
  useEffect(() => {
    if (!isNeeded || known) return
    import('../../experiment/repair').then(
      ({ proposeRepair }) => setKnown({ propose: proposeRepair }),
      () => {},
    )
  }, [isNeeded, known])
  return known?.propose
}
