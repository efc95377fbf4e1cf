import { objectKey } from '../../clients/objects/index.ts'
import type { Ctx } from '../../context.ts'
import { hashOf } from '../../platform/crypto.ts'
import { newId } from '../../platform/ids.ts'
import type { Box } from '../../platform/keyring.ts'
import type { IncomingAttachment } from '../tickets/index.ts'
import { ParserFailed, ParserUnavailable } from './parsing/child-process.ts'
import type { MailText, ParsedAttachment } from './parsing/parsed-mail.ts'
import type { WaitingMail } from './reading.ts'
import { type RoughHeader, roughHeader } from './rough-header.ts'

/** A mail that is read, with its attachments on disk; or one that cannot be read, and why. */
export type PreparedMail = { waiting: WaitingMail; rawHash: string } & (
  | { kind: 'parsed'; mail: MailText; attachments: IncomingAttachment[] }
  | { kind: 'unreadable'; failure: ParserFailed; rough: RoughHeader }
)

/** A mail that was prepared, or that could not even be handed to the parser. */
export type Attempt = PreparedMail | { kind: 'failed'; waiting: WaitingMail; error: unknown }

/** Mails prepared at a time: enough to keep every parser process busy. */
const AT_A_TIME = 6

/** Prepares many mails, in the order given. @throws ParserUnavailable; all other failures belong to their mail */
export async function prepareAll(
  ctx: Ctx,
  workspaceId: string,
  box: Box,
  waiting: readonly WaitingMail[],
): Promise<Attempt[]> {
  const attempts: Attempt[] = []
  let next = 0
  const work = async () => {
    for (let index = next++; index < waiting.length; index = next++) {
      const mail = waiting[index]
      if (mail)
        attempts[index] = await prepareMail(ctx, workspaceId, box, mail).catch((error: unknown) => failed(mail, error))
    }
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, work))
  return attempts
}

function failed(waiting: WaitingMail, error: unknown): Attempt {
  if (error instanceof ParserUnavailable) throw error
  return { kind: 'failed', waiting, error }
}

/** Opens, parses and keeps the attachments of one mail, all outside any transaction. */
async function prepareMail(ctx: Ctx, workspaceId: string, box: Box, waiting: WaitingMail): Promise<PreparedMail> {
  const sealed = waiting.objectKey ? await ctx.objects.get(waiting.objectKey) : waiting.content
  if (!sealed) throw new Error('A raw mail has neither content nor an object')
  const raw = box.open('raw_mail', waiting.rawId, sealed)
  const rawHash = hashOf(raw)
  try {
    const { attachments, ...mail } = await ctx.mailParser.parse(raw)
    const kept: IncomingAttachment[] = []
    for (const attachment of attachments) kept.push(await keepAttachment(ctx, workspaceId, box, attachment))
    return { kind: 'parsed', waiting, rawHash, mail, attachments: kept }
  } catch (error) {
    if (!(error instanceof ParserFailed)) throw error
    return { kind: 'unreadable', waiting, rawHash, failure: error, rough: roughHeader(raw) }
  }
}

/** The bytes are on disk before any row names them; what no row ever names is swept up. */
async function keepAttachment(
  ctx: Ctx,
  workspaceId: string,
  box: Box,
  attachment: ParsedAttachment,
): Promise<IncomingAttachment> {
  const id = newId(ctx.clock.now())
  const key = objectKey(workspaceId, id)
  const { name, contentType, contentId, inline, bytes } = attachment
  await ctx.objects.put(key, box.seal('attachment', id, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)))
  return { id, name, contentType, contentId, inline, size: bytes.byteLength, objectKey: key }
}
