import { BufferScope, type BufferLedger } from './buffers'

interface Shared<Value> {
  readonly value: Value
  readonly scope: BufferScope
  users: number
}

/** Buffers that several users read and none writes: uploaded for the first, freed with the last. */
export class SharedBuffers<Value> {
  readonly #gpu: { readonly ledger: BufferLedger; readonly device: GPUDevice }
  /** By what was uploaded and how. */
  readonly #shared = new Map<object, Map<string, Shared<Value>>>()

  constructor(gpu: { readonly ledger: BufferLedger; readonly device: GPUDevice }) {
    this.#gpu = gpu
  }

  /**
   * @param source the very object whose contents are uploaded; it must not change while anybody uses them.
   * @param key tells apart what is made of one source.
   * @param user keeps its share until it is destroyed.
   * @param upload makes the buffers in the scope it is given; called for the first user alone.
   */
  use(source: object, key: string, user: BufferScope, upload: (scope: BufferScope) => Value): Value {
    const ofSource = this.#shared.get(source) ?? new Map<string, Shared<Value>>()
    const shared = ofSource.get(key) ?? this.#upload(upload)
    shared.users++
    this.#shared.set(source, ofSource.set(key, shared))
    user.onDestroy(() => {
      shared.users--
      if (shared.users > 0) return
      shared.scope.destroy()
      ofSource.delete(key)
      if (ofSource.size === 0) this.#shared.delete(source)
    })
    return shared.value
  }

  #upload(upload: (scope: BufferScope) => Value): Shared<Value> {
    const scope = new BufferScope(this.#gpu)
    try {
      return { value: upload(scope), scope, users: 0 }
    } catch (error) {
      scope.destroy()
      throw error
    }
  }
}
