/** What can be wrong with a request for a spectrum. */
export type SpectralFault = 'invalid-input' | 'solver-unavailable' | 'order-too-large' | 'solver-failed'

/** The one error type of this room. `fault` is for programs, `message` (what, where, what to do) for people. */
export class SpectralError extends Error {
  override readonly name = 'SpectralError'
  readonly fault: SpectralFault

  constructor(fault: SpectralFault, message: string, options?: ErrorOptions) {
    super(message, options)
    this.fault = fault
  }
}
