import type { Ctx } from '../../context.ts'
import { type Fact, record } from '../../platform/events.ts'
import { following } from '../../platform/followers.ts'
import { newId } from '../../platform/ids.ts'
import { enqueueAll } from '../../platform/jobs.ts'
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

/** An answer is read once when it is filed: one statement reads all of a batch, and others keep what some of them promise or claim. */
async function readAnswers(ctx: Ctx, tx: Tx, facts: readonly Fact[]): Promise<void> {
  const counted = facts.filter(({ historical, payload }) => !historical && payload['automatic'] !== true)
  if (counted.length === 0) return
  const box = await ctx.keyring.box(tx)
  const answers = (await answersOf(tx, counted)).map((answer) => {
    const fresh = ownWords(freshText(box.openText('message.body', answer.id, answer.body)), answer.frames)
    return { answer, promised: promiseIn(fresh, answer.sentAt, answer.timeZone), claims: mayClaim(ctx.mask(fresh)) }
  })
  await keepPromises(
    ctx,
    tx,
    answers.flatMap(({ answer, promised }) => (promised ? [{ answer, promised }] : [])),
  )
  const { name: job, maxAttempts } = checkSaid
  await enqueueAll(
    tx,
    answers.flatMap(({ answer: { id: messageId }, claims }) =>
      claims ? [{ job, payload: { messageId }, key: `said:${messageId}`, maxAttempts }] : [],
    ),
  )
}

const answersOf = (tx: Tx, facts: readonly Fact[]): Promise<Answer[]> =>
  tx.$queryRaw<Answer[]>`
    select m.id::text, m.ticket_id::text as "ticketId", m.author_id::text as "staffId", m.sent_at as "sentAt", m.body, w.time_zone as "timeZone",
      ${framesSql} as frames
    from desk.message m join desk.workspace w on w.workspace_id = m.workspace_id
    where m.workspace_id = ${tx.workspaceId}::uuid and m.id = any(${facts.map(({ payload }) => payload['messageId'])}::uuid[])`

async function keepPromises(
  ctx: Ctx,
  tx: Tx,
  promises: readonly { answer: Answer; promised: Promised }[],
): Promise<void> {
  const { workspaceId, now } = tx
  const kept = promises
    .filter(({ promised }) => promised.at > now) // else the mail was read late
    .map(({ answer, promised }) => ({ id: newId(now), answer, promised }))
  if (kept.length === 0) return
  const box = await ctx.keyring.box(tx)
  await tx.spokenPromise.createMany({
    data: kept.map(({ id, answer: { id: messageId, ticketId, staffId }, promised: { at: dueAt, words } }) => {
      const sealed = box.seal('spoken_promise.words', id, ctx.mask(words))
      return { workspaceId, id, ticketId, messageId, staffId, dueAt, words: sealed, state: 'proposed', foundAt: now }
    }),
  })
  await record(
    tx,
    kept.map(({ id: promiseId, answer: { id: messageId, ticketId, staffId } }) => {
      const by = staffId ? ({ kind: 'staff', id: staffId } as const) : ({ kind: 'unknown', id: null } as const)
      return promiseFound({ ticketId, promiseId, messageId, by })
    }),
  )
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
