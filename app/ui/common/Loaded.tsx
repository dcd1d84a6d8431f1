import { useCallback, useEffect, useState, type ComponentType } from 'react'
import { Button } from './Button'
import styles from './Loaded.module.css'

interface LoadedProps<Props> {
  /** Fetches the component; the same function in every rendering. */
  readonly load: () => Promise<ComponentType<Props>>
  readonly props: Props
  /** One sentence: what is missing where it cannot be fetched. */
  readonly failure: string
}

type Loading<Props> =
  | { readonly state: 'waiting' | 'failed' }
  | { readonly state: 'loaded'; readonly Component: ComponentType<Props> }

/** A part of the page whose code is fetched when it is first shown. */
export function Loaded<Props extends object>({ load, props, failure }: LoadedProps<Props>) {
  const [loading, setLoading] = useState<Loading<Props>>({ state: 'waiting' })
  const fetchIt = useCallback(() => {
    load().then(
      (Component) => setLoading({ state: 'loaded', Component }),
      () => setLoading({ state: 'failed' }),
    )
  }, [load])
  useEffect(fetchIt, [fetchIt])
  if (loading.state === 'loaded') return <loading.Component {...props} />
  if (loading.state === 'waiting') return <p className={styles['waiting']}>Loading…</p>
  return (
    <div className={styles['waiting']} role="alert">
      <p>{failure} Is the connection gone?</p>
      <Button onClick={fetchIt}>Try again</Button>
    </div>
  )
}
