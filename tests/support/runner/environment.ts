/** jest's place for a test file, which is this process itself: a test runs in the same Node as the desk does, and no `vm` lies between. */
export default class SameProcess {
  readonly global = globalThis
  readonly #before = { console: globalThis.console, exit: process.exit }

  async setup(): Promise<void> {}

  /** jest put its own in the place of both. */
  async teardown(): Promise<void> {
    globalThis.console = this.#before.console
    process.exit = this.#before.exit
  }

  getVmContext(): null {
    return null
  }
}
