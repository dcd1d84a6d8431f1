import { createContext, useContext, useSyncExternalStore, type ReactNode } from 'react'
import type { Commands } from '../runs/commands'
import type { PageState } from '../runs/state'

/** What components need of the store; zustand's vanilla store has this shape. */
export interface PageStore {
  getState(): PageState
  readonly subscribe: (listener: () => void) => () => void
}

interface Page {
  readonly store: PageStore
  readonly commands: Commands
}

const PageContext = createContext<Page | undefined>(undefined)

export function PageProvider(props: {
  readonly store: PageStore
  readonly commands: Commands
  readonly children: ReactNode
}) {
  const { store, commands, children } = props
  return <PageContext value={{ store, commands }}>{children}</PageContext>
}

function useContextPage(): Page {
  const page = useContext(PageContext)
  if (!page) throw new Error('a component outside <PageProvider> asked for the page')
  return page
}

/** A part of the page's state; the component renders again only when that part changed (compared with Object.is). */
export function usePage<Part>(select: (state: PageState) => Part): Part {
  const { store } = useContextPage()
  return useSyncExternalStore(store.subscribe, () => select(store.getState()))
}

/** The store itself, for what follows it without rendering. */
export function usePageStore(): PageStore {
  return useContextPage().store
}

export function useCommands(): Commands {
  return useContextPage().commands
}
