import { BEAT, LATE, type Part, partOf, type Stream } from './stream.ts'

/** One part of a page in one workspace: made once for all who look at it. */
export type Channel = {
  readonly size: number
  /** Whether what is shown may be old, because it could not be made. */
  readonly isLate: boolean
  /** @param seen what they show already, as a part names it: it may be newer than what was made last */
  join(stream: Stream, seen: string | null): void
  leave(stream: Stream): void
  /** Something may have changed: it is made anew, soon. */
  wake(): void
}

/** Between two makings there is so much time at least, and three times as much as the last one took. */
const REST_MS = 250
const REST_SHARE = 3

/** @param name of the topic, as its parts bear it @param failed hears why a part could not be made; it is tried again when the channel is woken next */
export function createChannel(name: string, make: () => Promise<string>, failed: (error: unknown) => void): Channel {
  /** And what each of them shows, as a part names it. */
  const streams = new Map<Stream, string | null>()
  let last: Part | null = null
  let late = false
  let making = false
  let again = false
  let timer: NodeJS.Timeout | null = null
  let restUntil = 0

  const send = (bytes: Buffer) => {
    for (const stream of streams.keys()) stream.note(bytes)
  }
  const show = (stream: Stream, part: Part) => {
    if (streams.get(stream) === part.id) return
    streams.set(stream, part.id)
    stream.show(part)
  }
  const publish = (part: Part) => {
    for (const stream of streams.keys()) show(stream, part)
    if (late) send(BEAT)
    late = false
    last = part
  }
  const renew = async () => {
    timer = null
    making = true
    again = false
    const began = performance.now()
    try {
      publish(partOf(await make(), name))
    } catch (error) {
      late = true
      failed(error)
      send(LATE)
    }
    making = false
    const now = performance.now()
    restUntil = now + Math.max(REST_MS, (now - began) * REST_SHARE)
    if (again) wake()
  }
  const wake = () => {
    if (making) again = true
    else if (!timer && streams.size > 0)
      timer = setTimeout(() => void renew(), Math.max(0, restUntil - performance.now())).unref()
  }
  return {
    get size() {
      return streams.size
    },
    get isLate() {
      return late
    },
    join(stream, seen) {
      streams.set(stream, seen)
      if (last && seen === null) show(stream, last)
      if (late) stream.note(LATE)
      if (streams.get(stream) !== last?.id) wake()
    },
    leave(stream) {
      streams.delete(stream)
      if (streams.size > 0 || !timer) return
      clearTimeout(timer)
      timer = null
    },
    wake,
  }
}
