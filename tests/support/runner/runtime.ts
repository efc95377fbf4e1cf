import { createRequire, registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'
import { offer } from './globals.ts'

const require = createRequire(import.meta.url)
const globals = new URL('./globals.ts', import.meta.url).href

/** The package's own '@jest/globals' only says that it is not at home here. */
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@jest/globals' ? { url: globals, shortCircuit: true } : next(specifier, context),
})

/**
 * A worker that has nothing left to do ends at once: giving back hundreds of megabytes piece by piece takes longer than the half second
 * after which jest says that it was left hanging.
 */
if (process.send) process.once('beforeExit', () => process.exit())

/**
 * jest's loader of modules, with Node's own in its place: what a file has loaded stays for the next ones of this process. jest's makes
 * all modules anew for each file, which was nearly half of the time. So a test leaves nothing behind in a module or in the environment.
 */
export default class NodeRuntime {
  setGlobalsForRuntime = offer

  /** jest's own parts in the test's world. They remember a file's tests, so each file has new ones. */
  requireInternalModule(path: string): unknown {
    delete require.cache[path]
    Reflect.deleteProperty(globalThis, Symbol.for('EVENT_HANDLERS'))
    return require(path)
  }

  requireModule(path: string): unknown {
    return require(path)
  }

  unstable_shouldLoadAsEsm(): boolean {
    return true
  }

  async unstable_importModule(path: string): Promise<void> {
    await import(pathToFileURL(path).href)
  }

  getSourceMaps(): Map<string, string> {
    return new Map()
  }

  getAllCoverageInfoCopy(): undefined {}

  enterTestCode(): void {}

  leaveTestCode(): void {}

  teardown(): void {}
}
