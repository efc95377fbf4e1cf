import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Fact } from '../../platform/events.ts'
import { type Follower, following } from '../../platform/followers.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { baseSubject, changesSubject, type Envelope, mailReceived, ticketCreated } from '../tickets/index.ts'
import { type Supposed, suggest } from './keeping.ts'
import { threadingSettingsIn } from './settings.ts'

/** What only looks as if it belonged together is told, never done: one subject is no conversation (facts/mail.md section 4). */
export const threadingFollowers: readonly Follower<Ctx>[] = [
  following<Ctx>([ticketCreated], (_ctx, tx, facts) => suggestJoins(tx, facts.filter(isNew))),
  following<Ctx>([mailReceived], (ctx, tx, facts) => suggestSplits(ctx, tx, facts.filter(isUnderNewSubject))),
]

/** A ticket of a customer's own mail, now. What people make a ticket of, they know where to put. */
const isNew = ({ by, historical, payload }: Fact): boolean =>
  by.kind === 'customer' && !historical && payload['followsId'] === null && payload['mailboxId'] !== null

const isUnderNewSubject = ({ payload, historical }: Fact): boolean => payload['newSubject'] === true && !historical

type Pair = { id: string; subject: string; otherId: string; otherSubject: string }

/** Newest tickets of a customer that are compared. */
const LOOKED_AT = 10
const DAY_MS = 86_400_000

async function suggestJoins(tx: Tx, facts: readonly Fact[]): Promise<void> {
  const ids = facts.flatMap(({ ticketId }) => ticketId ?? [])
  if (ids.length === 0) return
  const { suggestDays } = await threadingSettingsIn(tx)
  if (suggestDays === 0) return
  const pairs = await tx.ask<Pair>(alikeSql(tx.workspaceId, ids, suggestDays))
  await suggest(tx, firstAlike(pairs))
}

/** Each of these tickets beside older ones of its customer. */
export const alikeSql = (workspaceId: string, ids: readonly string[], days: number): Prisma.Sql => Prisma.sql`
    select t.id::text, t.subject, o.id::text as "otherId", o.subject as "otherSubject" from desk.ticket t
    cross join lateral (
      select o.id, o.number, o.subject, o.status, o.void_reason, o.last_message_at from desk.ticket o
      where o.workspace_id = t.workspace_id and o.customer_id = t.customer_id order by o.last_message_at desc limit ${LOOKED_AT}) o
    where t.workspace_id = ${workspaceId}::uuid and t.id = any(${[...ids]}::uuid[]) and o.number < t.number
      and o.void_reason is null and o.status <> 'closed' and o.last_message_at > t.created_at - make_interval(secs => ${(days * DAY_MS) / 1_000})
    order by t.number, o.last_message_at desc`

/** Of each ticket the newest other one of the same subject. */
function firstAlike(pairs: readonly Pair[]): Supposed[] {
  const alike = pairs.filter(({ subject, otherSubject }) => {
    const base = baseSubject(subject)
    return base !== '' && base === baseSubject(otherSubject)
  })
  const firsts = alike.filter((pair, at) => alike.findIndex(({ id }) => id === pair.id) === at)
  return firsts.map(({ id: ticketId, otherId }) => ({ kind: 'join', ticketId, otherId, cause: 'same_subject' }))
}

/** Mails of a ticket whose subjects are looked at. */
const EARLIER = 20

type Said = { id: string; ticketId: string; messageId: string; envelope: Uint8Array }

/** A subject that is new to the whole ticket: an answer to the mail that changed it changes nothing again. */
async function suggestSplits(ctx: Ctx, tx: Tx, facts: readonly Fact[]): Promise<void> {
  const ids = facts.map(({ payload }) => String(payload['messageId']))
  if (ids.length === 0) return
  const rows = await tx.$queryRaw<Said[]>`
    select n.id::text, n.ticket_id::text as "ticketId", m.id::text as "messageId", m.envelope from desk.message n
    cross join lateral (
      select m.id, m.envelope from desk.message m where m.workspace_id = n.workspace_id and m.ticket_id = n.ticket_id and m.direction <> 'note'
      order by m.sent_at desc, m.id desc limit ${EARLIER}) m
    where n.workspace_id = ${tx.workspaceId}::uuid and n.id = any(${ids}::uuid[])`
  const box = await ctx.keyring.box(tx)
  const subjectOf = ({ messageId, envelope }: Said): string =>
    (JSON.parse(box.openText('message.envelope', messageId, envelope)) as Envelope).subject
  const supposed = [...Map.groupBy(rows, ({ id }) => id).values()].flatMap((said): Supposed[] => {
    const own = said.find(({ id, messageId }) => id === messageId)
    const earlier = said.filter((each) => each !== own)
    if (!own || earlier.length === 0) return []
    const isNewHere = earlier.every((each) => changesSubject(subjectOf(each), subjectOf(own)))
    return isNewHere ? [{ kind: 'split', ticketId: own.ticketId, messageId: own.id, cause: 'new_subject' }] : []
  })
  await suggest(tx, supposed)
}
