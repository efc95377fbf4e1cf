import type { Response } from 'express'
import type { Logger } from '../log.ts'
import { type Channel, createChannel } from './channel.ts'
import type { Ears } from './listening.ts'
import type { News } from './news.ts'
import { BEAT, LATE, openStream, partId, placesOf, type Stream } from './stream.ts'
import { takingTurns } from './turns.ts'
import { createViewers, type Viewer } from './viewers.ts'

/** A part of a page that is kept up to date. */
export type LiveTopic = {
  /** What may share one making in a workspace; whatever else it depends on, a role or a person, stands in it. */
  name: string
  /** Whether what was recorded may change it. */
  hears(news: News): boolean
  /** HTML. It is made anew every 15 seconds, too, because time passes. */
  render(workspaceId: string): Promise<string>
}

/** A part that a page has. `seen`: what it shows already, as partId names it; null when nothing. */
export type Shown = { topic: LiveTopic; seen: string | null }

export type Hub = Ears & {
  readonly size: number
  /**
   * Begins an answer that goes on until the viewer leaves or may not look any more.
   * @param shown all parts of their page
   * @throws DeskError rate_limited when they have too many open
   */
  watch(response: Response, viewer: Viewer, shown: readonly Shown[]): void
  /** Ends all streams; browsers come back by themselves, to whoever serves then. */
  stop(): void
}

const BEAT_MS = 25_000
const TICK_MS = 15_000
const ASK_MS = 60_000
/** Whoever joins so soon after some may not look any more may have been let in before that was so. */
const LETTING_IN_MS = 10_000
/** Whoever takes nothing in for so long is not there any more. */
const STUCK_MS = 30_000
/** Of the connections of hot views, so that cards never wait for pages. */
const AT_ONCE = 2

type Held = { workspaceId: string; topic: LiveTopic; channel: Channel }

type Options = {
  /** Kinds of events after which a viewer may not be one any more: they are asked at once and not within the minute. */
  closing: readonly string[]
  /** Is told how many look, whenever that changes. */
  counted(viewers: number): void
}

export function createHub(log: Logger, { closing, counted }: Options): Hub {
  const viewers = createViewers()
  const channels = new Map<string, Held>()
  const joined = new Map<Stream, readonly Channel[]>()
  const inTurn = takingTurns(AT_ONCE)
  const timers: NodeJS.Timeout[] = []
  let isDeaf = false
  let closedAt = Number.NEGATIVE_INFINITY

  const warn = (message: string) => (error: unknown) => log.warn({ err: error }, message)
  const wakeAll = () => {
    for (const { channel } of channels.values()) channel.wake()
  }
  const noteAll = (bytes: Buffer) => viewers.each((stream) => stream.note(bytes))
  const unasked = warn('whether somebody may still look is not known')
  const ask = (workspaceId: string | null) => void viewers.ask(workspaceId, unasked)
  const beat = () => {
    const since = performance.now() - STUCK_MS
    viewers.each((stream) => {
      stream.note(isDeaf || joined.get(stream)?.some(({ isLate }) => isLate) ? LATE : BEAT)
      if (stream.stuckSince !== null && stream.stuckSince < since) stream.drop()
    })
  }
  const rest = () => {
    for (const timer of timers.splice(0)) clearInterval(timer)
  }
  const work = () => {
    if (timers.length > 0) return
    const every = (ms: number, act: () => void) => timers.push(setInterval(act, ms).unref())
    every(BEAT_MS, beat)
    every(TICK_MS, wakeAll)
    every(ASK_MS, () => ask(null))
  }
  const keyOf = (workspaceId: string, topic: LiveTopic) => `${workspaceId} ${topic.name}`
  const channelFor = (workspaceId: string, topic: LiveTopic): Channel => {
    const key = keyOf(workspaceId, topic)
    const make = () => inTurn(() => topic.render(workspaceId))
    const failed = warn('a part of a page could not be made')
    const channel = channels.get(key)?.channel ?? createChannel(nameOf(topic), make, failed)
    if (channel.size === 0) channels.set(key, { workspaceId, topic, channel })
    return channel
  }
  const leave = (stream: Stream, workspaceId: string, shown: readonly Shown[]) => {
    joined.delete(stream)
    viewers.leave(stream)
    for (const { topic } of shown) {
      const key = keyOf(workspaceId, topic)
      const channel = channels.get(key)?.channel
      channel?.leave(stream)
      if (channel?.size === 0) channels.delete(key)
    }
    if (viewers.size === 0) rest()
    counted(viewers.size)
  }

  return {
    get size() {
      return viewers.size
    },
    watch(response, viewer, shown) {
      if (response.destroyed) return // they left while we asked who they are, and leave only once
      viewers.admit(viewer)
      const { workspaceId } = viewer
      const stream = openStream(response, () => leave(stream, workspaceId, shown))
      viewers.add(stream, viewer)
      counted(viewers.size)
      stream.note(placesOf(shown.map(({ topic }) => nameOf(topic))))
      const theirs = shown.map(({ topic, seen }) => {
        const channel = channelFor(workspaceId, topic)
        channel.join(stream, seen)
        return channel
      })
      joined.set(stream, theirs)
      if (isDeaf) stream.note(LATE)
      work()
      if (performance.now() - closedAt < LETTING_IN_MS) void viewers.askOne(viewer, unasked)
    },
    heard(workspaceId, news) {
      for (const held of channels.values())
        if (held.workspaceId === workspaceId && held.topic.hears(news)) held.channel.wake()
      if (!closing.some((kind) => news.kinds.has(kind))) return
      closedAt = performance.now()
      ask(workspaceId)
    },
    deaf() {
      isDeaf = true
      noteAll(LATE)
    },
    hears() {
      isDeaf = false
      noteAll(BEAT)
      wakeAll()
      ask(null)
    },
    stop() {
      rest()
      viewers.each((stream) => stream.end())
    },
  }
}

/** What parts of a topic are called on the way; its own name says who looks. */
const nameOf = ({ name }: LiveTopic): string => partId(name)
