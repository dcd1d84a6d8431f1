import { watchDevices } from '../gpu/testing/watchDevices'
import { everyCall } from './everyCall'

// Runs the API as a script's own worker would, and posts what came of it.
const watch = watchDevices()
const outcome = await everyCall().then(
  (results) => ({ results }),
  (error: unknown) => ({ error: String(error) }),
)
self.postMessage({ ...outcome, liveBuffers: watch.liveBuffers(), errors: watch.errors })
