import { useEffect, useState, type ComponentType } from 'react'
import { Button } from '../common/Button'
import type { GalleryProps } from './Gallery'
import styles from './GalleryButton.module.css'

type Loading =
  | { readonly state: 'waiting' | 'failed' }
  | { readonly state: 'loaded'; readonly Gallery: ComponentType<GalleryProps> }

/** The gallery, whose code and pictures are fetched when it is first opened. */
export function LoadedGallery(props: GalleryProps) {
  const [loading, setLoading] = useState<Loading>({ state: 'waiting' })
  const load = () => {
    import('./Gallery').then(
      ({ Gallery }) => setLoading({ state: 'loaded', Gallery }),
      () => setLoading({ state: 'failed' }),
    )
  }
  useEffect(load, [])
  if (loading.state === 'loaded') return <loading.Gallery {...props} />
  if (loading.state === 'waiting') return <p className={styles['waiting']}>Loading…</p>
  return (
    <div className={styles['waiting']} role="alert">
      <p>The experiments could not be loaded. Is the connection gone?</p>
      <Button onClick={load}>Try again</Button>
    </div>
  )
}
