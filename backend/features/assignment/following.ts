import type { Ctx } from '../../context.ts'
import { systemOf } from '../../platform/actor.ts'
import { type Fact, record } from '../../platform/events.ts'
import { following } from '../../platform/followers.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { staffDeactivated, staffRoleChanged } from '../settings/index.ts'
import {
  ticketAssigned,
  ticketBegun,
  ticketCreated,
  ticketMoved,
  ticketUnvoided,
  worksOnTickets,
} from '../tickets/index.ts'
import { availabilityChanged } from './events.ts'
import { workFollowers } from './following-work.ts'
import { wakeGiving } from './queueing.ts'
import { forgetGiving, wantOwners, wantOwnersAfter } from './waiting.ts'

/** One cheap statement for every mail; a job only where a workspace gives tickets by itself and this one needs somebody. */
async function wantOwnersOf(_ctx: Ctx, tx: Tx, facts: readonly Fact[]): Promise<void> {
  const ids = facts.filter(needsSomebody).flatMap(({ ticketId }) => ticketId ?? [])
  if (ids.length > 0 && (await wantOwners(tx, ids)) > 0) await wakeGiving(tx)
}

/** What is new or begun, and what a customer woke up; a colleague who opens or brings back a ticket decides about it, too. */
const needsSomebody = ({ type, by, payload, historical }: Fact): boolean =>
  !historical &&
  payload['quiet'] !== true &&
  (type === ticketCreated.type || type === ticketBegun.type || (by.kind === 'customer' && payload['to'] !== 'closed'))

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

/** Whoever left is not here any more, also when they come back one day: they say so themselves. */
async function sendHome(_ctx: Ctx, tx: Tx, facts: readonly Fact[]): Promise<void> {
  const gone = facts.filter(({ payload }) => !worksOnTickets(String(payload['role'])))
  if (gone.length === 0) return
  const ids = gone.map(({ payload }) => payload['staffId'])
  const left = await tx.$queryRaw<{ staffId: string }[]>`
    update desk.agent_profile set available = false, said_at = ${tx.now}
    where workspace_id = ${tx.workspaceId}::uuid and staff_id = any(${ids}::uuid[]) and available returning staff_id::text as "staffId"`
  const by = systemOf(tx.workspaceId)
  await record(
    tx,
    left.map(({ staffId }) => availabilityChanged({ staffId, available: false, handBack: false, by })),
  )
}

export const assignmentFollowers = [
  following([ticketBegun, ticketCreated, ticketMoved, ticketUnvoided], wantOwnersOf),
  following([ticketAssigned], afterAssigning),
  following([staffDeactivated, staffRoleChanged], sendHome),
  ...workFollowers,
]
