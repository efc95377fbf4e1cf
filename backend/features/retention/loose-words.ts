import type { Ctx } from '../../context.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { forgetMailsNaming } from './elsewhere.ts'
import { type Counts, FORGOTTEN, type Kind, type WordsPiece } from './forgotten-words.ts'
import { type Needles, names, without } from './needles.ts'

type Row = { id: string; sealed: Uint8Array }

/** A table whose sealed words may name anybody, and that no customer or ticket leads to: it is read through, piece by piece. */
type Source = {
  kind: Kind
  /** Names the place of the sealed words, as whoever wrote them did. */
  place: string
  after(tx: Tx, id: string): Promise<Row[]>
  rewrite(tx: Tx, rows: readonly { id: string; words: string; sealed: string }[]): Promise<unknown>
}

const AT_ONCE = 200
const FIRST = '00000000-0000-0000-0000-000000000000'
/** What stands between the parts of a key. */
const uuidOf = (id: string): string => (id === '' ? FIRST : id)

const notices: Source = {
  kind: 'notices',
  place: 'notice.content',
  after: (tx, id) => tx.$queryRaw<Row[]>`
    select id::text, content as sealed from desk.notice where workspace_id = ${tx.workspaceId}::uuid and content is not null and id > ${uuidOf(id)}::uuid
    order by id limit ${AT_ONCE}`,
  rewrite: (tx, rows) => tx.$executeRaw`
    update desk.notice n set content = decode(r.sealed, 'base64') from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, sealed text)
    where n.workspace_id = ${tx.workspaceId}::uuid and n.id = r.id`,
}

const settingChanges: Source = {
  kind: 'setting_changes',
  place: 'setting_change.content',
  after: (tx, id) => tx.$queryRaw<Row[]>`
    select id::text, content as sealed from desk.setting_change where workspace_id = ${tx.workspaceId}::uuid and id > ${uuidOf(id)}::uuid
    order by id limit ${AT_ONCE}`,
  rewrite: (tx, rows) => tx.$queryRaw`
    select app.rewrite_setting_changes(${JSON.stringify(rows.map(({ id, sealed: content }) => ({ id, content })))}::jsonb)`,
}

const handovers: Source = {
  kind: 'words_beside',
  place: 'handover.word',
  after: (tx, id) => tx.$queryRaw<Row[]>`
    select id::text, word as sealed from desk.handover where workspace_id = ${tx.workspaceId}::uuid and word is not null and id > ${uuidOf(id)}::uuid
    order by id limit ${AT_ONCE}`,
  rewrite: (tx, rows) => tx.$executeRaw`
    update desk.handover n set word = decode(r.sealed, 'base64') from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, sealed text)
    where n.workspace_id = ${tx.workspaceId}::uuid and n.id = r.id`,
}

const holds: Source = {
  kind: 'words_beside',
  place: 'legal_hold.reason',
  after: (tx, id) => tx.$queryRaw<Row[]>`
    select id::text, reason as sealed from desk.legal_hold where workspace_id = ${tx.workspaceId}::uuid and id > ${uuidOf(id)}::uuid
    order by id limit ${AT_ONCE}`,
  rewrite: (tx, rows) => tx.$executeRaw`
    update desk.legal_hold n set reason = decode(r.sealed, 'base64') from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, sealed text)
    where n.workspace_id = ${tx.workspaceId}::uuid and n.id = r.id`,
}

const answers: Source = {
  kind: 'replies',
  place: 'webhook_attempt.answer',
  after: (tx, id) => {
    const [deliveryId = FIRST, attempt = '0'] = id === '' ? [] : id.split('/')
    return tx.$queryRaw<Row[]>`
      select delivery_id || '/' || attempt as id, answer as sealed from desk.webhook_attempt
      where workspace_id = ${tx.workspaceId}::uuid and answer is not null and (delivery_id, attempt) > (${deliveryId}::uuid, ${Number(attempt)}::int)
      order by delivery_id, attempt limit ${AT_ONCE}`
  },
  rewrite: (tx, rows) => tx.$executeRaw`
    update desk.webhook_attempt n set answer = null from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id text)
    where n.workspace_id = ${tx.workspaceId}::uuid and n.delivery_id = split_part(r.id, '/', 1)::uuid and n.attempt = split_part(r.id, '/', 2)::int`,
}

const differences: Source = {
  kind: 'loose_mails',
  place: 'intake_difference.content',
  after: (tx, id) => {
    const [certificateId = FIRST, gmailId = ''] = id === '' ? [] : id.split('/')
    return tx.$queryRaw<Row[]>`
      select certificate_id || '/' || gmail_id as id, content as sealed from desk.intake_difference
      where workspace_id = ${tx.workspaceId}::uuid and content is not null and (certificate_id, gmail_id) > (${certificateId}::uuid, ${gmailId})
      order by certificate_id, gmail_id limit ${AT_ONCE}`
  },
  rewrite: (tx, rows) => tx.$executeRaw`
    update desk.intake_difference n set content = null from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id text)
    where n.workspace_id = ${tx.workspaceId}::uuid and n.certificate_id = split_part(r.id, '/', 1)::uuid and n.gmail_id = split_part(r.id, '/', 2)`,
}

const SOURCES = [differences, notices, settingChanges, handovers, holds, answers]

/**
 * Forgets somebody in some words of others: messages of other tickets, and all that no ticket leads to.
 * @param place where the reading stands, as it was returned; null at its begin
 * @returns what there was, and where to go on; null when all is read
 */
export async function forgetWordsPiece(
  ctx: Ctx,
  tx: Tx,
  needles: Needles,
  place: string | null,
): Promise<{ counts: Counts; place: string | null }> {
  const { part, after } = placeIn(needles, place)
  const { last, counts } = await readPart(ctx, tx, needles, { part, after })
  if (last !== null) return { counts, place: placeOf(needles, part, last) }
  const isLast = part + 1 === needles.texts.length + 1 + SOURCES.length
  return { counts, place: isLast ? null : placeOf(needles, part + 1, '') }
}

/** In this order: messages by each of what somebody is named by, answers to requests, all other words. */
function readPart(ctx: Ctx, tx: Tx, needles: Needles, at: { part: number; after: string }): Promise<WordsPiece> {
  const text = needles.texts[at.part]
  if (text !== undefined) return forgetMailsNaming(ctx, tx, needles, { text, after: uuidOf(at.after) })
  const source = SOURCES[at.part - needles.texts.length - 1]
  return source ? readThrough(ctx, tx, needles, { source, after: at.after }) : forgetReplies(tx)
}

const placeOf = ({ texts }: Needles, part: number, after: string): string => `${part}/${texts.length}/${after}`

/** Whoever has got another address meanwhile is looked for from the begin: what was rewritten names nobody any more. */
function placeIn({ texts }: Needles, place: string | null): { part: number; after: string } {
  const [part, of, ...after] = (place ?? '').split('/')
  return Number(of) === texts.length ? { part: Number(part), after: after.join('/') } : { part: 0, after: '' }
}

/**
 * Answers that are kept for two days, should a request come twice: many repeat what was typed and say nothing of whose it is, so all of
 * them go. Whoever repeats a request from before is told that it was done and its answer is not known; nothing is done twice.
 */
async function forgetReplies(tx: Tx): Promise<WordsPiece> {
  const replies = await tx.$executeRaw`
    update desk.idempotency_key k set reply = null from (
      select actor_id, key from desk.idempotency_key where workspace_id = ${tx.workspaceId}::uuid and reply is not null limit ${REPLIES_AT_ONCE}) kept
    where k.workspace_id = ${tx.workspaceId}::uuid and k.actor_id = kept.actor_id and k.key = kept.key`
  return { last: replies < REPLIES_AT_ONCE ? null : 'more', counts: { replies } }
}

const REPLIES_AT_ONCE = 1_000

async function readThrough(
  ctx: Ctx,
  tx: Tx,
  needles: Needles,
  { source, after }: { source: Source; after: string },
): Promise<WordsPiece> {
  const rows = await source.after(tx, after)
  const named = namingRows(await ctx.keyring.box(tx), source, rows, needles)
  if (named.length > 0) await source.rewrite(tx, named)
  return { last: rows.length < AT_ONCE ? null : (rows.at(-1)?.id ?? null), counts: { [source.kind]: named.length } }
}

function namingRows(box: Box, { place }: Source, rows: readonly Row[], needles: Needles) {
  return rows.flatMap(({ id, sealed }) => {
    const text = box.openText(place, id, sealed)
    if (!names(needles, text)) return []
    const words = without(needles, text) || FORGOTTEN
    return [{ id, words, sealed: box.seal(place, id, words).toString('base64') }]
  })
}
