import { lazy, Suspense, useLayoutEffect, useRef } from 'react'
import { ErrorBoundary } from '../common/ErrorBoundary'
import { Sheet } from '../common/Sheet'
import styles from './MethodDialog.module.css'
import { closeMethod, useMethodSection } from './methodRoute'

const MethodPage = lazy(async () => ({ default: (await import('./MethodPage')).MethodPage }))

/** The Method page over the whole window while its address is open; the experiment goes on behind it. */
export function MethodDialog() {
  const section = useMethodSection()
  return section === undefined ? null : <OpenMethod section={section} />
}

function OpenMethod({ section }: { readonly section: string }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    // Not on its first button: Space and the arrow keys are for reading on.
    element?.focus()
    // Closed before it goes: only then does the focus return to where it was.
    return () => element?.close()
  }, [])
  return (
    <Sheet
      ref={dialog}
      className={styles['method']}
      label="Method"
      title={<strong>Saturascope · Method</strong>}
      closeLabel="Back to the experiment"
      isRead
      // By Escape or its button; the address follows. It may be open again by the time this is told.
      onClose={() => dialog.current?.open === false && closeMethod()}
    >
      <ErrorBoundary subject="The Method page">
        <Suspense fallback={<p className={styles['loading']}>Loading…</p>}>
          <MethodPage section={section} />
        </Suspense>
      </ErrorBoundary>
    </Sheet>
  )
}
