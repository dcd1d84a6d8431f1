import type { ProbeReply } from './probeSolver'
import { solveProbe, type ProbeProblem } from './solveProbe'

addEventListener('message', (event: MessageEvent<ProbeProblem>) => {
  const reply: ProbeReply = { accuracy: solveProbe(event.data) }
  postMessage(reply)
})
