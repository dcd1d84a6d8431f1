// Running other programs, with their output passed through.
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Runs a program and shows what it prints.
 * @param {string} program a path, or a name on the PATH
 * @param {readonly string[]} programArguments
 * @param {{ env?: Record<string, string>, folder?: string }} [options] variables on top of this process's own
 * @returns {Promise<number>} its exit status; 127 where it does not exist, 1 where a signal ended it
 */
export function runProgram(program, programArguments, { env = {}, folder = repositoryRoot } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, programArguments, {
      cwd: folder,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    })
    child.on('error', (error) => {
      console.error(error.message)
      resolve(127)
    })
    child.on('exit', (status) => resolve(status ?? 1))
  })
}

/**
 * Runs a program that a package of ours installed.
 * @param {string} name as in `node_modules/.bin`
 * @param {readonly string[]} programArguments
 * @param {{ env?: Record<string, string> }} [options]
 */
export function runTool(name, programArguments, options) {
  return runProgram(join(repositoryRoot, 'node_modules/.bin', name), programArguments, options)
}

/**
 * A TCP port of this machine that nothing listens on.
 * @param {number} [wanted] taken if it is free
 * @returns {Promise<number>}
 */
export async function findFreePort(wanted = 0) {
  const port = await listenOnce(wanted)
  return port ?? (await listenOnce(0)) ?? wanted
}

/**
 * @param {number} port
 * @returns {Promise<number | undefined>}
 */
function listenOnce(port) {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined))
    })
  })
}
