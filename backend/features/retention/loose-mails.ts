import { orGone } from '../../clients/objects/index.ts'
import type { Ctx } from '../../context.ts'
import { hashOf } from '../../platform/crypto.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { forgetMails, wordsOfMail } from '../intake/index.ts'
import { mailKeyOf, rememberForgotten } from '../tickets/index.ts'
import { type Needles, names } from './needles.ts'
import { LOOSE_START, type LoosePlace, looseSql } from './picking.ts'

export type LooseMail = LoosePlace & { rawId: string; rawAt: Date }

/** The place of a mail in the list, as a round keeps it. */
export const loosePlace = (at: Date | null, id: string | null): LoosePlace => {
  const [mailboxId, gmailId] = (id ?? '').split('/')
  return at && mailboxId && gmailId !== undefined ? { at, mailboxId, gmailId } : LOOSE_START
}

export const looseAfter = (tx: Tx, before: Date | null, after: LoosePlace, most: number): Promise<LooseMail[]> =>
  tx.$queryRaw<LooseMail[]>(looseSql(tx.workspaceId, before, after, most))

/** Those of them that name somebody. Each is opened, and read when its bytes say nothing: nothing else tells whose it is. */
export async function thoseNaming(ctx: Ctx, workspaceId: string, mails: readonly LooseMail[], needles: Needles) {
  const found: { mail: LooseMail; keys: string[] }[] = []
  for (const mail of mails) {
    const raw = await rawOf(ctx, workspaceId, mail)
    if (raw && (names(needles, plainOf(raw)) || names(needles, await wordsOfMail(ctx, raw))))
      found.push({ mail, keys: [idOf(raw)] })
  }
  return found
}

async function rawOf(ctx: Ctx, workspaceId: string, { rawId, rawAt }: LooseMail): Promise<Buffer | null> {
  const held = await inWorkspace(
    ctx,
    workspaceId,
    async (tx) => {
      const where = { workspaceId_storedAt_id: { workspaceId, storedAt: rawAt, id: rawId } }
      const row = await tx.rawMail.findUnique({ where, select: { content: true, objectKey: true } })
      return row && { row, box: await ctx.keyring.box(tx) }
    },
    { reads: true },
  )
  if (!held) return null
  // bytes that are gone name nobody any more, and must not keep all others
  const sealed = held.row.objectKey ? await orGone(ctx.objects.get(held.row.objectKey)) : held.row.content
  return sealed && held.box.open('raw_mail', rawId, sealed)
}

/** What a hurried reader would see: soft line ends of quoted-printable put together. */
const plainOf = (raw: Buffer): string => {
  const text = raw.toString('utf8')
  return `${text}\n${text.replace(/=\r?\n/g, '')}`
}

/** By what the mail is known when it is brought again. */
function idOf(raw: Buffer): string {
  const head =
    raw
      .subarray(0, 64_000)
      .toString('latin1')
      .split(/\r?\n\r?\n/)[0] ?? ''
  const [, id = ''] = /^message-id:\s*(<[^>\r\n]+>)/im.exec(head) ?? []
  return id === '' ? hashOf(raw) : mailKeyOf(id)
}

/** Forgets mails that became no message. */
export async function forgetLoose(
  ctx: Ctx,
  tx: Tx,
  found: readonly { mail: LooseMail; keys: string[] }[],
): Promise<number> {
  const keys = found.flatMap((one) => one.keys)
  if (keys.length > 0) await rememberForgotten(tx, await ctx.keyring.box(tx), keys)
  await forgetMails(
    tx,
    found.map(({ mail: { mailboxId, gmailId } }) => ({ mailboxId, gmailId })),
    false,
  )
  return found.length
}
