import type { Ctx } from '../../context.ts'
import type { Fact } from '../../platform/events.ts'
import { following } from '../../platform/followers.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { ticketAssigned, ticketCreated, ticketMoved, ticketUnvoided } from '../tickets/index.ts'
import { wakeGiving } from './queueing.ts'
import { forgetGiving, wantOwners, wantOwnersAfter } from './waiting.ts'

/** One cheap statement for every mail; a job only where a workspace gives tickets by itself and this one needs somebody. */
async function wantOwnersOf(_ctx: Ctx, tx: Tx, facts: readonly Fact[]): Promise<void> {
  const ids = facts.filter(needsSomebody).flatMap(({ ticketId }) => ticketId ?? [])
  if (ids.length > 0 && (await wantOwners(tx, ids)) > 0) await wakeGiving(tx)
}

/** What is new, and what a customer woke up; a colleague who opens or brings back a ticket decides about it, too. */
const needsSomebody = ({ type, by, payload, historical }: Fact): boolean =>
  !historical && (type === ticketCreated.type || (by.kind === 'customer' && payload['to'] !== 'closed'))

async function afterAssigning(_ctx: Ctx, tx: Tx, facts: readonly Fact[]): Promise<void> {
  const changes = facts.flatMap(({ ticketId, payload, historical }) =>
    ticketId && !historical
      ? [{ ticketId, staffId: idIn(payload['assigneeId']), before: idIn(payload['before']) }]
      : [],
  )
  if (changes.length === 0) return
  await forgetGiving(tx, changes)
  const left = changes.flatMap(({ ticketId, staffId, before }) =>
    staffId === null && before !== null ? [{ ticketId, before }] : [],
  )
  if (left.length > 0 && (await wantOwnersAfter(tx, left)) > 0) await wakeGiving(tx)
}

const idIn = (value: unknown): string | null => (typeof value === 'string' ? value : null)

export const assignmentFollowers = [
  following([ticketCreated, ticketMoved, ticketUnvoided], wantOwnersOf),
  following([ticketAssigned], afterAssigning),
]
