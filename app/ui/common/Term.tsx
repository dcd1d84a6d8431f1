import { lazy, memo, Suspense, useId, useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { createPortal, flushSync } from 'react-dom'
import type { TermId } from '../glossary/terms'
import { ErrorBoundary } from './ErrorBoundary'
import { joinClasses } from './joinClasses'
import { followButton } from './placePopover'
import popoverStyles from './Popover.module.css'
import styles from './Term.module.css'

interface TermProps {
  /** The word as it stands on the page. */
  readonly name: string
  /** Its entry in the glossary. */
  readonly id?: TermId | undefined
  /**
   * `word`: dotted underline; `label`: of a setting, underlined when pointed at; `quiet`: likewise, and the word alone is
   * its name for screen readers, since what it stands above is called by it.
   */
  readonly look?: 'word' | 'label' | 'quiet'
  readonly className?: string | undefined
  /** What `children` already say the name of; else the glossary's text begins with its own. */
  readonly about?: string
  /** What is to be said here, before what the glossary says; all there is where it has no entry. */
  readonly children?: ReactNode
}

/** A word that explains itself when asked: click or Enter opens the explanation, the glossary's loaded by then. */
export const Term = memo(function Term({ name, id, look = 'word', className, about = name, children }: TermProps) {
  const popoverId = useId()
  const button = useRef<HTMLButtonElement>(null)
  const [host, setHost] = useState<Element>()
  // Rendered before the browser looks for what the button opens: so it still does all that popovers come with.
  const prepare = () => flushSync(() => setHost(hostOf(button.current)))
  return (
    <>
      <button
        ref={button}
        type="button"
        className={joinClasses(styles['term'], styles[look], className)}
        popoverTarget={popoverId}
        aria-haspopup="dialog"
        aria-label={look === 'quiet' ? undefined : `What is “${name}”?`}
        onPointerEnter={id && preloadDefinition}
        onClick={host ? undefined : prepare}
      >
        {name}
      </button>
      {host &&
        createPortal(
          <Explanation id={popoverId} name={name} button={button} onClosed={() => setHost(undefined)}>
            {children !== undefined && <p>{children}</p>}
            {id && <LazyDefinition term={id} about={about} />}
          </Explanation>,
          host,
        )}
    </>
  )
})

interface ExplanationProps {
  readonly id: string
  readonly name: string
  readonly button: { readonly current: HTMLButtonElement | null }
  readonly onClosed: () => void
  readonly children: ReactNode
}

const width = 320

function Explanation({ id, name, button, onClosed, children }: ExplanationProps) {
  const body = useRef<HTMLDialogElement>(null)
  useLayoutEffect(
    () => (body.current && button.current ? followButton(body.current, button.current, width) : undefined),
    [button],
  )
  return (
    <dialog
      ref={body}
      id={id}
      popover="auto"
      aria-label={`What is “${name}”?`}
      className={joinClasses(popoverStyles['popover'], styles['explanation'])}
      onToggle={(event) => event.newState === 'closed' && onClosed()}
    >
      {children}
    </dialog>
  )
}

const loadDefinition = async () => ({ default: (await import('../glossary/Definition')).Definition })
const Definition = lazy(loadDefinition)

/** Pointing at a word is enough to fetch the glossary; a failure is told once the word is opened. */
function preloadDefinition(): void {
  loadDefinition().catch(() => undefined)
}

function LazyDefinition({ term, about }: { readonly term: TermId; readonly about: string }) {
  return (
    <ErrorBoundary subject="The glossary">
      <Suspense fallback={<p className={styles['loading']}>…</p>}>
        <Definition term={term} about={about} />
      </Suspense>
    </ErrorBoundary>
  )
}

/**
 * Where the explanation is put: out of headings, lists and lines of text, which may not contain it, but inside a modal
 * dialog, which lets nothing outside it be used.
 */
function hostOf(button: Element | null): Element {
  return button?.closest('dialog[open]') ?? document.body
}
