import { enqueue, enqueueAll, type QueuedJob } from '../../platform/jobs.ts'
import type { Tx } from '../../platform/tenancy.ts'

export const SYNC = { name: 'intake:sync', maxAttempts: 25 }
export const CERTIFY = { name: 'intake:certify', maxAttempts: 10 }
export const COUNT = { name: 'intake:count', maxAttempts: 25 }
export const NAME = { name: 'intake:name-differences', maxAttempts: 10 }
export const TAKE = { name: 'intake:take-missed', maxAttempts: 25 }
export const PROCESS = { name: 'intake:process', maxAttempts: 25 }

export const BACKFILL = { name: 'intake:backfill', maxAttempts: 25 }

/** `hint`: a position that a push told us of; `looks`: how often we looked for it in vain. */
export type SyncRequest = { mailboxId: string; hint?: string | undefined; looks?: number | undefined }

/** One reader per mailbox at a time; a burst of wake-ups is one job. */
export const syncOf = (request: SyncRequest): QueuedJob => ({
  job: SYNC.name,
  payload: request,
  queue: readerOf(request),
  key: `${SYNC.name}:${request.mailboxId}`,
  maxAttempts: SYNC.maxAttempts,
})

export const enqueueSync = (tx: Tx, request: SyncRequest): Promise<void> => enqueueAll(tx, [syncOf(request)])

/** One more look at a later time; it has a key of its own, so that it never puts off a fresh wake-up. */
export const enqueueLook = (tx: Tx, request: SyncRequest, at: Date): Promise<void> =>
  enqueue(tx, SYNC, request, { queue: readerOf(request), key: `${SYNC.name}:again:${request.mailboxId}`, at })

const readerOf = ({ mailboxId }: SyncRequest) => `mailbox:${mailboxId}`

export const enqueueCertifying = (tx: Tx, mailboxId: string): Promise<void> =>
  enqueue(tx, CERTIFY, { mailboxId }, { queue: counterOf(mailboxId), key: `${CERTIFY.name}:${mailboxId}` })

const counterOf = (mailboxId: string) => `counting:${mailboxId}`

type CountOf = { id: string; mailboxId: string }

/** A count stands in a line of its own: it never holds up the reader. */
export const enqueueCounting = (tx: Tx, { id, mailboxId }: CountOf, at?: Date): Promise<void> =>
  enqueue(tx, COUNT, { countId: id }, { queue: counterOf(mailboxId), key: `${COUNT.name}:${id}`, ...(at && { at }) })

export const enqueueNaming = (tx: Tx, { id, mailboxId }: CountOf, at?: Date): Promise<void> =>
  enqueue(tx, NAME, { id, mailboxId }, { queue: counterOf(mailboxId), key: `${NAME.name}:${id}`, ...(at && { at }) })

/** In the turn of its reader, so that nothing is brought in twice at a time. */
export const enqueueTaking = (tx: Tx, mailboxId: string, gmailIds: readonly string[], at?: Date): Promise<void> =>
  enqueue(tx, TAKE, { mailboxId, gmailIds }, { queue: readerOf({ mailboxId }), ...(at && { at }) })

/**
 * Mails of one mailbox are filed in the order they came; reading goes on meanwhile. Without a job key: the queue's upsert by key
 * loses the wake-up when a worker takes the older job at that moment, and a job that finds nothing to file costs one query.
 */
export const enqueueProcessing = (tx: Tx, mailboxId: string): Promise<void> =>
  enqueue(tx, PROCESS, { mailboxId }, { queue: filerOf(mailboxId) })

/** Once more for what is left. It has a key, because every poll asks, and the next one makes good a wake-up that got lost. */
export const enqueueLeftover = (tx: Tx, mailboxId: string): Promise<void> =>
  enqueue(tx, PROCESS, { mailboxId }, { queue: filerOf(mailboxId), key: `${PROCESS.name}:${mailboxId}` })

const filerOf = (mailboxId: string) => `filing:${mailboxId}`

/** Earlier mail is read beside the live reader, in a line of its own; the next turn of a mailbox is one job. */
export const enqueueBackfill = (tx: Tx, mailboxId: string, at?: Date): Promise<void> =>
  enqueue(
    tx,
    BACKFILL,
    { mailboxId },
    { queue: `backfill:${mailboxId}`, key: `${BACKFILL.name}:${mailboxId}`, ...(at && { at }) },
  )
