import type { FileSettings } from '../../../shared/files.ts'
import type { Ctx } from '../../context.ts'
import { hashOf } from '../../platform/crypto.ts'
import { newId } from '../../platform/ids.ts'
import type { Box } from '../../platform/keyring.ts'
import { fileKeeper, type KeptFile, type LeftOut, leftOutWords } from '../files/index.ts'
import type { IncomingAttachment } from '../tickets/index.ts'
import type { LateMails } from './late-mails.ts'
import { ParserFailed, ParserUnavailable } from './parsing/child-process.ts'
import type { Take } from './parsing/conversation.ts'
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

/** What attachments are sealed with, and how large they may be. */
type Keeping = { box: Box; limits: FileSettings }

/** Mails prepared at a time: enough to keep every parser process busy. */
const AT_A_TIME = 6
/** A usual mail takes milliseconds, and a parser that has to be started first a second: who needs more is not waited for. */
const LATE_MS = 2_000

/**
 * Prepares many mails, in the order given; one that takes long is left behind as long as there is room.
 * @param keeping how their attachments are kept
 * @param late takes those that are left behind
 * @throws ParserUnavailable; all other failures belong to their mail
 */
export async function prepareAll(
  ctx: Ctx,
  workspaceId: string,
  keeping: Keeping,
  waiting: readonly WaitingMail[],
  late: LateMails,
): Promise<Attempt[]> {
  const attempts: (Attempt | null)[] = []
  let next = 0
  const work = async () => {
    for (let index = next++; index < waiting.length; index = next++) {
      const mail = waiting[index]
      if (!mail) continue
      const attempt = prepareMail(ctx, workspaceId, keeping, mail).catch((error: unknown) => failed(mail, error))
      attempts[index] = await inTime(attempt)
      if (attempts[index] !== null) continue
      if (late.hasRoom()) late.add(attempt)
      else attempts[index] = await attempt
    }
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, work))
  return attempts.filter((attempt) => attempt !== null)
}

const inTime = (attempt: Promise<Attempt>): Promise<Attempt | null> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, LATE_MS, null)
    attempt.then(resolve, reject).finally(() => clearTimeout(timer))
  })

function failed(waiting: WaitingMail, error: unknown): Attempt {
  if (error instanceof ParserUnavailable) throw error
  return { kind: 'failed', waiting, error }
}

/** Opens, parses and keeps the attachments of one mail, all outside any transaction. */
async function prepareMail(
  ctx: Ctx,
  workspaceId: string,
  { box, limits }: Keeping,
  waiting: WaitingMail,
): Promise<PreparedMail> {
  const raw = await rawOf(ctx, box, waiting)
  const rawHash = hashOf(raw)
  const files = filesOf(ctx, workspaceId, box, limits)
  try {
    const { attachments, ...mail } = await ctx.mailParser.parse(raw, files.take)
    const { kept, words } = files.among(attachments)
    return { kind: 'parsed', waiting, rawHash, mail: { ...mail, notes: [...mail.notes, ...words] }, attachments: kept }
  } catch (error) {
    await files.discard()
    if (!(error instanceof ParserFailed)) throw error
    return { kind: 'unreadable', waiting, rawHash, failure: error, rough: roughHeader(raw) }
  }
}

async function rawOf(ctx: Ctx, box: Box, { rawId, content, objectKey }: WaitingMail): Promise<Buffer> {
  if (objectKey) return box.openLarge('raw_mail', rawId, await ctx.objects.get(objectKey))
  if (!content) throw new Error('A raw mail has neither content nor an object')
  return box.open('raw_mail', rawId, content)
}

/** Attachments go to disk as they come out of the mail, before any row names them; what no row ever names is swept up. */
function filesOf(ctx: Ctx, workspaceId: string, box: Box, limits: FileSettings) {
  const keeper = fileKeeper(ctx, workspaceId, box, limits)
  const taken: (KeptFile | LeftOut)[] = []
  const take: Take = async ({ contentType }, content) => {
    taken.push(await keeper.take(contentType, content))
  }
  return {
    take,
    discard: keeper.discard,
    /** What is known of them at the mail's end. @param heads in the order in which they were taken */
    among(heads: readonly ParsedAttachment[]) {
      const kept: IncomingAttachment[] = []
      const left: { name: string; why: LeftOut }[] = []
      heads.forEach(({ name, contentId, inline }, at) => {
        const file = taken[at]
        if (file === undefined) throw new Error('An attachment was never handed over')
        if (typeof file === 'string') left.push({ name, why: file })
        else kept.push({ id: newId(ctx.clock.now()), name, contentId, inline, file })
      })
      return { kept, words: leftOutWords(left, limits) }
    },
  }
}
