import type { Report, Request } from './protocol'
import { TrainingHost } from './trainingHost'

const post = (report: Report, transfer: Transferable[]): void => self.postMessage(report, { transfer })
const host = new TrainingHost(post)

self.addEventListener('message', (event: MessageEvent<Request>) => host.handle(event.data))
