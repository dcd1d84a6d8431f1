/**
 * The address of the whole page with the experiment of an embedded one.
 * @param address of the embedded page.
 * @param link the experiment, with its “#”.
 */
export function wholeAddress(address: string, link: string): string {
  const url = new URL(link, address)
  for (const option of ['embed', 'hide', 'large', 'method']) url.searchParams.delete(option)
  return url.href
}
