// Measures contenders in turns, so that a machine that slows down or speeds up meets all of them alike.

/** @typedef {import('./contender.ts').Turn} Turn */

/**
 * @typedef {object} Entry
 * @property {string} name
 * @property {() => Promise<void>} open
 * @property {(steps: number) => Promise<Turn>} turn
 */

/** @typedef {{ name: string, turns: Turn[], failure?: string }} Result */

/** However fast a step is, a turn has no more of them than this. */
const mostSteps = 20_000

/**
 * @param {readonly Entry[]} entries
 * @param {{ rounds: number, secondsPerTurn: number }} options
 * @returns {Promise<Result[]>} in the order of `entries`
 */
export async function measureInTurns(entries, { rounds, secondsPerTurn }) {
  const runners = []
  for (const entry of entries) runners.push(await prepare(entry, secondsPerTurn))
  for (let round = 0; round < rounds; round++) {
    // Each round starts with another contender: what runs after what must not decide.
    for (let place = 0; place < runners.length; place++) {
      const runner = runners[(round + place) % runners.length]
      if (runner && !runner.result.failure) await attempt(runner.result, runner.turn)
    }
  }
  return runners.map(({ result }) => result)
}

/**
 * @param {Entry} entry
 * @param {number} secondsPerTurn
 */
async function prepare(entry, secondsPerTurn) {
  /** @type {Result} */
  const result = { name: entry.name, turns: [] }
  let steps = 1
  const turn = () => entry.turn(steps)
  try {
    await entry.open()
    // Twice, because the first measured turn may still compile or warm up.
    for (let trial = 0; trial < 2; trial++) {
      const measured = await turn()
      const millisPerStep = measured.millis / measured.steps
      steps = Math.min(mostSteps, Math.max(1, Math.round((secondsPerTurn * 1000) / millisPerStep)))
      if (trial === 0) steps = Math.ceil(steps / 10)
    }
  } catch (error) {
    result.failure = describe(error)
  }
  return { result, turn }
}

/**
 * @param {Result} result
 * @param {() => Promise<Turn>} turn
 */
async function attempt(result, turn) {
  try {
    result.turns.push(await turn())
  } catch (error) {
    result.failure = describe(error)
  }
}

/** @param {unknown} error */
function describe(error) {
  const text = error instanceof Error ? error.message : String(error)
  return text.replace(/^page\.evaluate: (Error: )?/, '').split('\n')[0] ?? text
}
