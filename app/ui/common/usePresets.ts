import { useEffect, useState } from 'react'
import type { Preset } from '../../experiment/preset'
import { defaultPreset, referenceDefault } from '../../experiment/presets'

/** What the page opens with by itself. */
const openers: readonly Preset[] = [defaultPreset, referenceDefault]
/** All of them, once they were fetched. */
let all: readonly Preset[] | undefined

/**
 * The presets that an experiment of this name can be: undefined while that is not known. Most of them are fetched only
 * where an experiment bears another name than what the page opens with.
 */
export function usePresets(name: string): readonly Preset[] | undefined {
  const isOpener = openers.some(({ title }) => title === name)
  const [known, setKnown] = useState(all)
  useEffect(() => {
    if (isOpener || known) return
    const fetching = fetchAll()
    void fetching.then(setKnown)
  }, [isOpener, known])
  return known ?? (isOpener ? openers : undefined)
}

/** Without a connection an experiment goes without its words; the gallery is what says so. */
async function fetchAll(): Promise<readonly Preset[]> {
  try {
    const { presets } = await import('../../experiment/presetList')
    return (all = [...presets, referenceDefault])
  } catch {
    return openers
  }
}
