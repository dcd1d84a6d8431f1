import type { CDPSession, Page } from 'playwright/test'

/** Sends a command of the browser's debugging protocol and resolves with its result. */
type Send = (method: string, params?: object) => Promise<unknown>

/** A worker that the debugging protocol reaches. */
export interface WorkerTarget {
  /** As the page calls it: “training”. */
  readonly name: string
  readonly send: Send
}

interface AttachedEvent {
  readonly sessionId: string
  readonly targetInfo: { readonly type: string; readonly title: string }
}

interface MessageEvent {
  readonly sessionId: string
  readonly message: string
}

/** The answer to a command, or an event. */
type Message =
  | { readonly id: number; readonly result?: unknown; readonly error?: { readonly message: string } }
  | { readonly id?: undefined; readonly method: string; readonly params: unknown }

/**
 * The workers of a page and the workers of those; the list follows them as they come and go. Playwright knows workers
 * but has no protocol session for them, so commands travel inside messages of the page's session.
 */
export async function attachWorkers(page: Page): Promise<readonly WorkerTarget[]> {
  const session: CDPSession = await page.context().newCDPSession(page)
  const workers: WorkerTarget[] = []
  const top = new Relay((method, params) => session.send(method as never, params as never), workers)
  for (const event of relayedEvents) session.on(event, (params) => top.hear(event, params))
  await top.watch()
  return workers
}

const relayedEvents = [
  'Target.attachedToTarget',
  'Target.detachedFromTarget',
  'Target.receivedMessageFromTarget',
] as const

/** Speaks to one target, and passes on what is meant for the workers below it. */
class Relay {
  readonly #send: Send
  readonly #workers: WorkerTarget[]
  readonly #below = new Map<string, { readonly worker: WorkerTarget; readonly receive: (message: Message) => void }>()

  /** @param workers the list to keep. */
  constructor(send: Send, workers: WorkerTarget[]) {
    this.#send = send
    this.#workers = workers
  }

  async watch(): Promise<void> {
    await this.#send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false })
  }

  hear(method: string, params: unknown): void {
    if (method === 'Target.attachedToTarget') this.#attach(params as AttachedEvent)
    if (method === 'Target.detachedFromTarget') this.#detach((params as AttachedEvent).sessionId)
    if (method === 'Target.receivedMessageFromTarget') {
      const { sessionId, message } = params as MessageEvent
      this.#below.get(sessionId)?.receive(JSON.parse(message) as Message)
    }
  }

  #attach({ sessionId, targetInfo }: AttachedEvent): void {
    if (targetInfo.type !== 'worker') return
    const waiting = new Map<number, (answer: Message) => void>()
    let asked = 0
    const send: Send = async (method, params = {}) => {
      const id = ++asked
      const answered = new Promise<Message>((resolve) => waiting.set(id, resolve))
      const message = JSON.stringify({ id, method, params })
      await this.#send('Target.sendMessageToTarget', { sessionId, message })
      const answer = await answered
      if (answer.id === undefined || answer.error) throw new Error(`${method}: ${JSON.stringify(answer)}`)
      return answer.result
    }
    const relay = new Relay(send, this.#workers)
    const receive = (message: Message): void => {
      if (message.id === undefined) return relay.hear(message.method, message.params)
      waiting.get(message.id)?.(message)
      waiting.delete(message.id)
    }
    const worker = { name: targetInfo.title, send }
    this.#below.set(sessionId, { worker, receive })
    this.#workers.push(worker)
    // One that has gone before it could answer has no workers to tell of.
    void relay.watch()
  }

  #detach(sessionId: string): void {
    const gone = this.#below.get(sessionId)?.worker
    this.#below.delete(sessionId)
    const position = this.#workers.findIndex((worker) => worker === gone)
    if (position >= 0) this.#workers.splice(position, 1)
  }
}
