import type { Ctx } from '../../context.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { searchable } from '../../platform/words.ts'
import { forgetMails, mailsOfMessages } from '../intake/index.ts'
import { type Envelope, excerptOf, lexemesSql } from '../tickets/index.ts'
import type { WordsPiece } from './forgotten-words.ts'
import { type Needles, names, without } from './needles.ts'

type Row = { id: string; envelope: Uint8Array; excerpt: Uint8Array; body: Uint8Array }

const AT_ONCE = 50

/**
 * Takes somebody's addresses, numbers and name out of some messages on others' tickets: a Cc, a note, a quotation. They are found by the
 * words of one of these, so each is looked at. The mail as it came cannot be rewritten, so its bytes go.
 * @param after the message that was looked at last
 */
export async function forgetMailsNaming(
  ctx: Ctx,
  tx: Tx,
  needles: Needles,
  { text, after }: { text: string; after: string },
): Promise<WordsPiece> {
  const sought = searchable(text)
  if (sought === '') return { last: null, counts: {} }
  const ids = await tx.$queryRaw<
    { id: string }[]
  >`select app.messages_naming(${sought}, ${after}::uuid, ${AT_ONCE})::text as id`
  const last = ids.length < AT_ONCE ? null : (ids.at(-1)?.id ?? null)
  if (ids.length === 0) return { last, counts: {} }
  const rows = await tx.$queryRaw<Row[]>`
    select id::text, envelope, excerpt, body from desk.message
    where workspace_id = ${tx.workspaceId}::uuid and id = any(${ids.map(({ id }) => id)}::uuid[]) order by id for update`
  const box = await ctx.keyring.box(tx)
  const naming = rows.flatMap((row) => rewritten(box, row, needles))
  for (const one of naming) await write(tx, box, one) // a customer is named on few tickets of others
  await forgetMails(
    tx,
    await mailsOfMessages(
      tx,
      naming.map(({ id }) => id),
    ),
    true,
  )
  return { last, counts: { elsewhere: naming.length } }
}

type Rewritten = { id: string; envelope: Envelope; text: string }

function rewritten(box: Box, { id, envelope, body }: Row, needles: Needles): Rewritten[] {
  const [head, text] = [box.openText('message.envelope', id, envelope), box.openText('message.body', id, body)]
  if (!names(needles, head) && !names(needles, text)) return []
  return [{ id, envelope: JSON.parse(without(needles, head)) as Envelope, text: without(needles, text) }]
}

const write = (tx: Tx, box: Box, { id, envelope, text }: Rewritten) => tx.$executeRaw`
  with words as (
    update desk.search_document set lexemes = ${lexemesSql({ envelope, text })} where workspace_id = ${tx.workspaceId}::uuid and id = ${id}::uuid)
  update desk.message set envelope = ${box.seal('message.envelope', id, JSON.stringify(envelope))}, body = ${box.seal('message.body', id, text)},
    excerpt = ${box.seal('message.excerpt', id, excerptOf(text))}, raw_id = null, raw_at = null
  where workspace_id = ${tx.workspaceId}::uuid and id = ${id}::uuid`
