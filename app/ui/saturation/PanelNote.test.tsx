import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { PanelNote } from './PanelNote'

test('what the weights started from stands beside the title, at full length and briefly for narrow panels', () => {
  const html = renderToStaticMarkup(<PanelNote initialisation="he" />)
  expect(html).toContain('layers × steps · started by He’s rule')
  expect(html).toContain('He start')
})

test('before anything runs the note says what the axes are', () => {
  expect(renderToStaticMarkup(<PanelNote initialisation={undefined} />)).toBe('layers × steps')
})
