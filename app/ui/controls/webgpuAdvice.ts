/** One sentence on how to get WebGPU in the browser at hand, from its user agent string. */
export function adviseOnWebgpu(userAgent: string): string {
  const version = (pattern: RegExp) => Number(pattern.exec(userAgent)?.[1] ?? Number.NaN)
  const isApplePhone = /iPhone|iPad/.test(userAgent)
  if (isApplePhone) return 'On iPhone and iPad WebGPU comes with iOS 26, in every browser: update the system.'

  const firefox = version(/Firefox\/(\d+)/)
  if (firefox) {
    const platforms = 'Firefox has WebGPU from version 141 on Windows and from 145 on Macs with Apple chips'
    return `${platforms}; elsewhere set dom.webgpu.enabled to true in about:config, or use Chrome or Edge.`
  }

  const chromium = version(/Chrom(?:e|ium)\/(\d+)/)
  if (chromium) return adviseChromium(userAgent, chromium)

  if (version(/Version\/(\d+).*Safari/))
    return 'Safari has WebGPU from version 26: update macOS, or use Chrome or Edge.'
  return 'Chrome or Edge 113, Safari 26 and Firefox 141 have WebGPU.'
}

function adviseChromium(userAgent: string, version: number): string {
  const name = /Edg\//.test(userAgent) ? 'Edge' : 'Chrome'
  const settings = `${name.toLowerCase()}://settings/system`
  if (version < 113) return `${name} has WebGPU from version 113; this is ${version}. Update it and reload.`
  if (/Linux/.test(userAgent) && !/Android/.test(userAgent)) {
    return `On Linux ${name} asks for a flag: open ${name.toLowerCase()}://flags/#enable-unsafe-webgpu, enable it, and restart.`
  }
  return `Turn on graphics acceleration at ${settings}, restart ${name}, and see that the graphics driver is up to date.`
}
