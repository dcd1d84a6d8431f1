// Shaders reach the browser as text inside the worker: a third of it is comments and indentation.
import { readFileSync } from 'node:fs'

/**
 * Leaves comments and indentation of imported shaders out of the build. Line numbers stay, so compile errors still
 * name the right line.
 * @returns {import('vite').Plugin}
 */
export function leanShaders() {
  return {
    name: 'saturascope:lean-shaders',
    apply: 'build',
    enforce: 'pre',
    load(id) {
      const file = /^(.+\.wgsl)\?raw$/.exec(id)?.[1]
      return file === undefined
        ? undefined
        : `export default ${JSON.stringify(stripShader(readFileSync(file, 'utf8')))}`
    },
  }
}

/**
 * WGSL has no strings, so `//` always begins a comment.
 * @param {string} text
 */
export function stripShader(text) {
  return text
    .split('\n')
    .map((line) => line.replace(/\/\/.*/, '').trim())
    .join('\n')
}
