import type { EigenReply, EigenRequest } from './eigenWorker'
import { symmetricEigen } from './reference/symmetricEigen'

addEventListener('message', (event: MessageEvent<EigenRequest>) => {
  const { id, matrix, eigenvectors } = event.data
  const solved = symmetricEigen(matrix, { eigenvectors })
  const reply: EigenReply = { id, solved }
  const transfer: Transferable[] = [solved.eigenvalues.buffer]
  if (solved.eigenvectors) transfer.push(solved.eigenvectors.buffer)
  postMessage(reply, { transfer })
})
