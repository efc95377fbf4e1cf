import type { Ctx } from '../../context.ts'
import { type Fact, record } from '../../platform/events.ts'
import { following } from '../../platform/followers.ts'
import { newId } from '../../platform/ids.ts'
import { enqueue } from '../../platform/jobs.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { freshText } from '../intake/index.ts'
import { regroupingEvents, replySent } from '../tickets/index.ts'
import { promiseFound } from './events.ts'
import { framesSql, ownWords } from './own-words.ts'
import { type Promised, promiseIn } from './promises/reading.ts'
import { checkSaid } from './said/checking.ts'
import { mayClaim } from './said/reading.ts'

type Answer = {
  id: string
  ticketId: string
  staffId: string | null
  sentAt: Date
  body: Uint8Array
  timeZone: string
  frames: string[]
}

/** An answer is read once when it is filed: one statement, and another only where it promises or claims something. */
async function readAnswers(ctx: Ctx, tx: Tx, facts: readonly Fact[]): Promise<void> {
  const counted = facts.filter(({ historical, payload }) => !historical && payload['automatic'] !== true)
  if (counted.length === 0) return
  const box = await ctx.keyring.box(tx)
  for (const answer of await answersOf(tx, counted)) {
    const fresh = ownWords(freshText(box.openText('message.body', answer.id, answer.body)), answer.frames)
    const promised = promiseIn(fresh, answer.sentAt, answer.timeZone)
    if (promised) await keepPromise(ctx, tx, answer, promised)
    if (mayClaim(ctx.mask(fresh))) await enqueue(tx, checkSaid, { messageId: answer.id }, { key: `said:${answer.id}` })
  }
}

const answersOf = (tx: Tx, facts: readonly Fact[]): Promise<Answer[]> =>
  tx.$queryRaw<Answer[]>`
    select m.id::text, m.ticket_id::text as "ticketId", m.author_id::text as "staffId", m.sent_at as "sentAt", m.body, w.time_zone as "timeZone",
      ${framesSql} as frames
    from desk.message m join desk.workspace w on w.workspace_id = m.workspace_id
    where m.workspace_id = ${tx.workspaceId}::uuid and m.id = any(${facts.map(({ payload }) => payload['messageId'])}::uuid[])`

async function keepPromise(ctx: Ctx, tx: Tx, answer: Answer, { at, words }: Promised): Promise<void> {
  const { workspaceId, now } = tx
  if (at <= now) return // the mail was read late
  const { id: messageId, ticketId, staffId } = answer
  const id = newId(now)
  const sealed = (await ctx.keyring.box(tx)).seal('spoken_promise.words', id, ctx.mask(words))
  const row = { workspaceId, id, ticketId, messageId, staffId, dueAt: at, words: sealed, state: 'proposed' }
  await tx.spokenPromise.create({ data: { ...row, foundAt: now } })
  const by = staffId ? ({ kind: 'staff', id: staffId } as const) : ({ kind: 'unknown', id: null } as const)
  await record(tx, [promiseFound({ ticketId, promiseId: id, messageId, by })])
}

/** What an answer says goes with it when it moves to another ticket. */
async function goAlong(tx: Tx, facts: readonly Fact[]): Promise<void> {
  const ids = [...new Set(facts.flatMap(({ ticketId, payload }) => [ticketId, payload['otherId']]))].filter(Boolean)
  await tx.$executeRaw`
    with promises as (
      update desk.spoken_promise p set ticket_id = m.ticket_id from desk.message m
      where p.workspace_id = ${tx.workspaceId}::uuid and p.ticket_id = any(${ids}::uuid[]) and p.state = 'proposed'
        and m.workspace_id = p.workspace_id and m.id = p.message_id and m.ticket_id <> p.ticket_id)
    update desk.said_otherwise s set ticket_id = m.ticket_id from desk.message m
    where s.workspace_id = ${tx.workspaceId}::uuid and s.ticket_id = any(${ids}::uuid[]) and s.seen_at is null
      and m.workspace_id = s.workspace_id and m.id = s.message_id and m.ticket_id <> s.ticket_id`
}

export const sayingFollowers = [
  following([replySent], readAnswers),
  following(regroupingEvents, (_ctx: Ctx, tx, facts) => goAlong(tx, facts)),
]
