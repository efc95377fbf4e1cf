import { DeskError } from '../errors.ts'
import { goneFor, type Stream } from './stream.ts'

/** Whose eyes a stream is for. */
export type Viewer = {
  workspaceId: string
  /** A person, or a display: so many streams of it may be open. */
  id: string
  most: number
  /** By what they were let in: a session, or a key. All that it opened is looked at together. */
  proof: string
  /** Whether they may go on looking; null when they may, or why not, in words. */
  refusal(): Promise<string | null>
}

/** Of one workspace, so that no other is without. */
export const MOST_OF_WORKSPACE = 2_000
const RETRY_S = 30

/** All who look, in this process. */
export type Viewers = {
  readonly size: number
  /** @throws DeskError rate_limited when the viewer or the workspace has enough */
  admit(viewer: Viewer): void
  add(stream: Stream, viewer: Viewer): void
  leave(stream: Stream): void
  each(act: (stream: Stream) => void): void
  /** Ends the streams of everybody who may not look any more. @param workspaceId null asks all */
  ask(workspaceId: string | null, failed: (error: unknown) => void): Promise<void>
  /** The same of one of them. */
  askOne(viewer: Viewer, failed: (error: unknown) => void): Promise<void>
}

export function createViewers(): Viewers {
  const all = new Map<Stream, Viewer>()
  const count = (isOne: (viewer: Viewer) => boolean) => [...all.values()].filter(isOne).length

  const close = (proof: string, words: string | null) => {
    if (words === null) return
    for (const [stream, viewer] of all) if (viewer.proof === proof) stream.end(goneFor(words))
  }
  /** Whoever cannot be asked now is asked again in a minute. */
  const askOne: Viewers['askOne'] = ({ proof, refusal }, failed) =>
    refusal().then((words) => close(proof, words), failed)
  return {
    get size() {
      return all.size
    },
    admit({ workspaceId, id, most }) {
      if (count((viewer) => viewer.id === id) >= most)
        throw tooMany(`This page is open ${most} times already. Close one of them.`)
      if (count((viewer) => viewer.workspaceId === workspaceId) >= MOST_OF_WORKSPACE)
        throw tooMany('Too many pages of this desk are open. Close some that nobody looks at.')
    },
    add(stream, viewer) {
      all.set(stream, viewer)
    },
    leave(stream) {
      all.delete(stream)
    },
    each(act) {
      for (const stream of [...all.keys()]) act(stream)
    },
    async ask(workspaceId, failed) {
      const theirs = [...all.values()].filter((viewer) => workspaceId === null || viewer.workspaceId === workspaceId)
      const proofs = new Map(theirs.map((viewer) => [viewer.proof, viewer]))
      for (const viewer of proofs.values()) await askOne(viewer, failed)
    },
    askOne,
  }
}

const tooMany = (words: string) => new DeskError('rate_limited', words, { retryAfter: RETRY_S })
