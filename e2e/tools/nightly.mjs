// `npm run nightly`: the tests that take too long for every day.
import { runProgram } from './programs.mjs'

process.exit(await runProgram(process.execPath, ['e2e/tools/test.mjs', '--nightly', ...process.argv.slice(2)]))
