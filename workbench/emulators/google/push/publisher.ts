import type { Ground } from '../ground.ts'
import type { Mailbox } from '../store/mailbox.ts'
import { messageNumber, type Notice, type PushTarget, post } from './notice.ts'

export interface PushOptions {
  target?: PushTarget | undefined
  /** Least milliseconds between two notifications of one user; Gmail takes 1000. */
  interval: number
  /** First wait before a refused notification is tried again; doubles up to a hundredfold. */
  backoff: number
}

/** Gmail's change notices by way of Pub/Sub: coalesced per user, pushed until the endpoint answers 2xx. */
export class Publisher {
  readonly #ground: Ground
  readonly #options: PushOptions
  readonly #counts = { published: 0, acknowledged: 0, refused: 0, lost: 0 }
  readonly #due = new Map<string, NodeJS.Timeout>()
  readonly #last = new Map<string, number>()
  readonly #open = new Set<Notice>()
  readonly #retries = new Set<NodeJS.Timeout>()
  readonly #closing = new AbortController()
  #waiting: (() => void)[] = []
  #target: PushTarget | undefined
  #losing = 0

  constructor(ground: Ground, options: PushOptions) {
    this.#ground = ground
    this.#options = options
    this.#target = options.target
  }

  setTarget(target: PushTarget | undefined) {
    this.#target = target
  }

  /** The next notifications are lost on the way, as real ones can be. */
  lose(count: number) {
    this.#losing += count
  }

  counts() {
    return { ...this.#counts }
  }

  mailboxChanged(email: string) {
    const box = this.#ground.store.box(email)
    if (this.#closing.signal.aborted || this.#due.has(email) || !isWatched(this.#ground, box)) return
    const wait = (this.#last.get(email) ?? Number.NEGATIVE_INFINITY) + this.#options.interval - performance.now()
    const timer = setTimeout(() => this.#publish(email), Math.max(0, wait))
    this.#due.set(email, timer)
  }

  /** Resolves when every notification was taken or refused at least once. */
  settle(): Promise<void> {
    return this.#isSettled() ? Promise.resolve() : new Promise((done) => this.#waiting.push(done))
  }

  close() {
    this.#closing.abort()
    for (const timer of [...this.#due.values(), ...this.#retries]) clearTimeout(timer)
    this.#due.clear()
    this.#open.clear()
    this.#tellSettled()
  }

  #publish(email: string) {
    this.#due.delete(email)
    this.#last.set(email, performance.now())
    this.#counts.published++
    if (!this.#target || this.#losing > 0) return this.#loseOne()
    const { history } = this.#ground.store.box(email)
    const publishTime = this.#ground.clock.now().toISOString()
    const notice = { email, history, id: messageNumber(), publishTime, tried: false }
    this.#open.add(notice)
    void this.#push(notice, this.#options.backoff)
  }

  #loseOne() {
    this.#losing = Math.max(0, this.#losing - 1)
    this.#counts.lost++
    this.#tellSettled()
  }

  async #push(notice: Notice, backoff: number) {
    const taken = this.#target ? await post(this.#ground, this.#target, notice, this.#closing.signal) : false
    if (this.#closing.signal.aborted) return
    notice.tried = true
    if (taken) this.#acknowledge(notice)
    else this.#retryAfter(notice, backoff)
    this.#tellSettled()
  }

  #acknowledge(notice: Notice) {
    this.#open.delete(notice)
    this.#counts.acknowledged++
    this.#ground.store.commit([{ t: 'pushed', user: notice.email, history: notice.history }])
  }

  #retryAfter(notice: Notice, backoff: number) {
    this.#counts.refused++
    const timer = setTimeout(() => {
      this.#retries.delete(timer)
      void this.#push(notice, Math.min(backoff * 2, this.#options.backoff * 100))
    }, backoff)
    this.#retries.add(timer)
  }

  #isSettled() {
    return this.#due.size === 0 && [...this.#open].every((notice) => notice.tried)
  }

  #tellSettled() {
    if (!this.#isSettled()) return
    for (const done of this.#waiting) done()
    this.#waiting = []
  }
}

/** A watch ends after seven days, and may be limited to labels that some mail of the newest change carries. */
function isWatched({ clock }: Ground, { watch, changes, history }: Mailbox) {
  if (!watch || watch.expiration <= clock.now().getTime()) return false
  if (watch.labelIds.length === 0) return true
  const newest = changes.slice(-20).filter((change) => change.history === history)
  const touches = newest.some((change) => change.labels.some((label) => watch.labelIds.includes(label)))
  return touches !== watch.exclude
}
