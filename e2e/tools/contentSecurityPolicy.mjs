// The built page may load nothing but itself: whoever opens it need not trust us that files stay on the machine.

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/**
 * For every response of a server of the built page: a worker is bound by the policy its own file came with and not by
 * the page's, so what index.html says of itself does not reach it.
 */
export const policyHeaders = { 'Content-Security-Policy': policy }

/**
 * Writes the policy into the built index.html, before everything it governs, for hosts that send no header. The dev
 * server injects inline scripts and styles of its own and goes without.
 * @returns {import('vite').Plugin}
 */
export function contentSecurityPolicy() {
  return {
    name: 'saturascope:content-security-policy',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: () => [
        { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: policy }, injectTo: 'head-prepend' },
      ],
    },
  }
}
