import { type ClientRequest, get } from 'node:http'

/** So many look at this address, from one process. */
export type Audience = { url: string; viewers: number }
/** Tells when everybody sees it. */
export type Awaited = { text: string }
/** By the clock of the machine, in milliseconds since 1970; one for each viewer who saw it. */
export type Seen = { at: number[] }

const PATIENCE_MS = 15_000

/** Runs as a process of its own, so that looking costs the server's process nothing. */
process.once('message', (audience: Audience) => {
  const eyes = Array.from({ length: audience.viewers }, () => new Eye(audience.url))
  void Promise.all(eyes.map((eye) => eye.open)).then(() => process.send?.('all look'))
  process.on('message', ({ text }: Awaited) => {
    void Promise.all(eyes.map((eye) => eye.sees(text))).then((at) => {
      process.send?.({ at: at.filter((one) => one !== null) } satisfies Seen)
    })
  })
  process.once('disconnect', () => {
    for (const eye of eyes) eye.close()
  })
})

/** Somebody who looks: keeps the newest event alone, as a page does. */
class Eye {
  readonly open: Promise<void>
  readonly #request: ClientRequest
  #text = ''
  #waits: { text: string; found: (at: number | null) => void } | null = null

  constructor(url: string) {
    const opened = Promise.withResolvers<void>()
    this.open = opened.promise
    this.#request = get(url, { agent: false }, (response) => {
      if (response.statusCode !== 200) opened.reject(new Error(`status ${response.statusCode}`))
      response.setEncoding('utf8')
      response.on('data', (text: string) => {
        this.#take(text)
        if (this.#text.includes('event: part')) opened.resolve()
      })
    })
    this.#request.once('error', opened.reject)
  }

  #take(text: string): void {
    const whole = this.#text + text
    this.#text = whole.slice(Math.max(0, whole.lastIndexOf('event: part')))
    if (this.#waits && this.#text.includes(this.#waits.text)) this.#tell(performance.timeOrigin + performance.now())
  }

  #tell(at: number | null): void {
    this.#waits?.found(at)
    this.#waits = null
  }

  sees(text: string): Promise<number | null> {
    return new Promise((found) => {
      const wait = { text, found }
      this.#waits = wait
      setTimeout(() => this.#waits === wait && this.#tell(null), PATIENCE_MS).unref() // a later one has a patience of its own
    })
  }

  close(): void {
    this.#request.destroy()
  }
}
