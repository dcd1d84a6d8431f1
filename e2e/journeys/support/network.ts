import type { Locator } from 'playwright/test'
import type { Saturascope } from './saturascope'

/** Quick to train on any machine, and long enough not to end meanwhile. */
export const smallNetwork = {
  data: { kind: 'subspace', samples: 400, dimensions: 8, rank: 4 },
  layers: [{ units: 24 }, { units: 12 }, { units: 6 }, {}],
  training: { steps: 100_000 },
} as const

/** The network's part of the page, as its users find it. */
export function networkOf(site: Saturascope) {
  const section = site.page.getByRole('region', { name: 'Network' })
  const row = (name: string) => section.getByRole('listitem').filter({ has: nameOf(name) })
  const nameOf = (name: string) => site.page.getByRole('button', { name, exact: true })
  return {
    section,
    row,
    nameOf,
    grip: (name: string) => row(name).getByTitle('Drag to move'),
    handle: (name: string) => section.getByRole('slider', { name: `${name}, width` }),
    units: (name: string) => section.getByRole('spinbutton', { name: `${name}, units` }),
    news: section.getByRole('status'),
    /** Widths of all layers as edited. */
    async widths(): Promise<number[]> {
      const fields = await section.getByRole('spinbutton', { name: /, units$/ }).all()
      return Promise.all(fields.map(async (field) => Number(await field.inputValue())))
    },
  }
}

export async function middleOf(element: Locator): Promise<{ x: number; y: number }> {
  const box = await element.boundingBox()
  if (!box) throw new Error('the element has no place on the page')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
