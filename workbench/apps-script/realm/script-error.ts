/** A failure the script may catch: it arrives there as an Error of the script's own realm, named `Exception`. */
export class ScriptError extends Error {
  override name = 'ScriptError'
  /** What the platform finds when the script lets the error pass, such as an authorization prompt. */
  readonly carries: unknown
  constructor(message: string, carries?: unknown) {
    super(message)
    this.carries = carries
  }
}
