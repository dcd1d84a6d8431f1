import { expect, test, vi } from 'vitest'
import { writeLink } from '../experiment/link'
import { defaultPreset, presetSpec } from '../experiment/presets'
import { openLinksWhileOpen } from './openLinks'

/** How often the page is loaded anew when the part of its address behind “#” becomes this. */
function reopeningsAt(hash: string): number {
  const reopen = vi.fn<() => void>()
  const page = Object.assign(new EventTarget(), { location: { hash } })
  openLinksWhileOpen(page, reopen)
  page.dispatchEvent(new Event('hashchange'))
  return reopen.mock.calls.length
}

test('a link that is put into the address of the open page is opened', () => {
  expect(reopeningsAt(writeLink(presetSpec(defaultPreset)))).toBe(1)
})

test('a damaged link is opened, too, for the page to say so', () => {
  expect(reopeningsAt('#1-1n8hq2&data.kind=spirals')).toBe(1)
})

test.each(['', '#model'])('“%s” in the address goes on with the experiment', (hash) => {
  expect(reopeningsAt(hash)).toBe(0)
})
