import { expect, test } from 'vitest'
import { adviseOnWebgpu } from './webgpuAdvice'

const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko)'

test.each([
  [
    'an old Chrome',
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Chrome/109.0.0.0 Safari/537.36`,
    'this is 109',
  ],
  [
    'Chrome on Windows',
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Chrome/140.0.0.0 Safari/537.36`,
    'chrome://settings/system',
  ],
  [
    'Chrome on Linux',
    `Mozilla/5.0 (X11; Linux x86_64) ${chrome} Chrome/140.0.0.0 Safari/537.36`,
    'chrome://flags/#enable-unsafe-webgpu',
  ],
  [
    'Chrome on Android',
    `Mozilla/5.0 (Linux; Android 15) ${chrome} Chrome/140.0.0.0 Mobile Safari/537.36`,
    'chrome://settings/system',
  ],
  [
    'Edge',
    `Mozilla/5.0 (Windows NT 10.0) ${chrome} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0`,
    'edge://settings/system',
  ],
  ['Firefox', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'about:config'],
  [
    'Safari',
    'Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
    'Safari has WebGPU from version 26',
  ],
  [
    'an iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1',
    'iOS 26',
  ],
  ['a browser nobody knows', 'Lynx/2.9', 'Chrome or Edge 113'],
])('%s is told what to do there', (_browser, userAgent, advice) => {
  expect(adviseOnWebgpu(userAgent)).toContain(advice)
})
