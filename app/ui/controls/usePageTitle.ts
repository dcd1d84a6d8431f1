import { useEffect } from 'react'
import { usePageStore } from '../pageContext'
import { keepTitle } from './keepTitle'

/** The tab tells how far the run is, also while it is hidden. */
export function usePageTitle(): void {
  const store = usePageStore()
  useEffect(() => keepTitle(store, document), [store])
}
