/** jest's place for a test file, which is this process itself: a test runs in the same Node as the desk does, and no `vm` lies between. */
export default class SameProcess {
  readonly global = globalThis
  readonly #before = { console: globalThis.console, exit: process.exit, env: { ...process.env } }

  async setup(): Promise<void> {}

  /** jest put its own in the place of the first two; the environment is as the file found it, whatever it changed. */
  async teardown(): Promise<void> {
    const { console, exit, env } = this.#before
    globalThis.console = console
    process.exit = exit
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name]
    Object.assign(process.env, env)
  }

  getVmContext(): null {
    return null
  }
}
