// The Method page's own address: “?method”, or “?method=limits” for one of its sections. It stands in the query, not
// behind “#”, where a shared experiment may be that must stay.

/** The section an address asks for, “” for the top of the page; undefined where it does not ask for the page. */
export function sectionOf(search: string): string | undefined {
  return new URLSearchParams(search).get('method') ?? undefined
}

/** The same address with the Method page open, at a section or its top. @param search with or without its “?”. */
export function withMethod(search: string, section = ''): string {
  const query = new URLSearchParams(search)
  query.set('method', section)
  return writeSearch(query)
}

/** The same address without the Method page. */
export function withoutMethod(search: string): string {
  const query = new URLSearchParams(search)
  query.delete('method')
  return writeSearch(query)
}

/** Flags without a value stay without “=”, as people type them. */
function writeSearch(query: URLSearchParams): string {
  const text = query.toString().replace(/=(?=&|$)/g, '')
  return text === '' ? '' : `?${text}`
}
