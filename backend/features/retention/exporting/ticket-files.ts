import { orGone } from '../../../clients/objects/index.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { Box } from '../../../platform/keyring.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { isBlocked, openFile } from '../../files/index.ts'
import { maskCodes } from '../../gift-cards/index.ts'
import type { Envelope } from '../../tickets/index.ts'
import { START } from '../picking.ts'
import type { ToldTicket } from './telling.ts'
import { safeName, type ZipFile } from './zip.ts'

const AT_ONCE = 50

type Said = Awaited<ReturnType<typeof messagesAfter>>[number]

const messagesAfter = (tx: Tx, ticketId: string, after: string) =>
  tx.message.findMany({
    where: { workspaceId: tx.workspaceId, ticketId, id: { gt: after } },
    orderBy: { id: 'asc' },
    take: AT_ONCE,
    include: { attachments: { orderBy: { position: 'asc' }, include: { file: true } } },
  })

/** Writes the folder of one ticket. Nobody of the team is named in it. */
export async function writeTicket(
  ctx: Ctx,
  workspaceId: string,
  box: Box,
  zip: ZipFile,
  ticket: ToldTicket,
): Promise<void> {
  const folder = `tickets/${ticket.number}`
  await zip.add(`${folder}/ticket.json`, JSON.stringify(ticket.about, null, 2))
  const lines: string[] = []
  for (let after = START.id; ; ) {
    const page = await inWorkspace(ctx, workspaceId, (tx) => messagesAfter(tx, ticket.id, after), { reads: true })
    for (const said of page) lines.push(await writeMessage(ctx, workspaceId, box, { zip, folder }, said))
    const last = page.at(-1)
    if (!last || page.length < AT_ONCE) break
    after = last.id
  }
  await zip.add(`${folder}/messages.jsonl`, lines.map((line) => `${line}\n`).join(''))
}

type Target = { zip: ZipFile; folder: string }

/** @returns its line; its mail and its files are beside it */
async function writeMessage(
  ctx: Ctx,
  workspaceId: string,
  box: Box,
  { zip, folder }: Target,
  said: Said,
): Promise<string> {
  const envelope = JSON.parse(box.openText('message.envelope', said.id, said.envelope)) as Envelope
  const files: { name: string; file: string | null }[] = []
  for (const [position, attachment] of said.attachments.entries()) {
    const name = maskCodes(box.openText('attachment.name', attachment.id, attachment.name))
    const path = `${folder}/files/${said.id.slice(-12)}-${position + 1}-${safeName(name)}`
    const content = await contentOf(ctx, workspaceId, box, attachment)
    if (content) await zip.add(path, content)
    files.push({ name, file: content && path })
  }
  const isTheirs = said.authorKind === 'customer'
  if (isTheirs && said.rawId && said.rawAt) {
    const raw = await rawOf(ctx, workspaceId, box, { id: said.rawId, at: said.rawAt })
    if (raw) await zip.add(`${folder}/mails/${said.id}.eml`, one(raw))
  }
  const { from, to, cc, subject } = envelope
  return JSON.stringify({
    id: said.id,
    kind: said.direction === 'note' ? 'note' : 'message',
    from: isTheirs ? from : 'team',
    to,
    cc,
    subject: maskCodes(subject),
    sentAt: said.sentAt,
    text: maskCodes(box.openText('message.body', said.id, said.body)),
    files,
  })
}

async function* one(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}

type Kept = Said['attachments'][number]

function nullIfGone(error: unknown): null {
  if (error instanceof DeskError && error.code === 'not_found') return null
  throw error
}

/** @returns null for what may not be handed out, or is gone */
async function contentOf(
  ctx: Ctx,
  workspaceId: string,
  box: Box,
  { id, objectKey, file }: Kept,
): Promise<AsyncIterable<Uint8Array> | null> {
  if (objectKey) {
    const sealed = await orGone(ctx.objects.get(objectKey))
    return sealed && one(box.open('attachment', id, sealed))
  }
  if (!file || isBlocked(file.scan as Parameters<typeof isBlocked>[0])) return null
  const read = await openFile(ctx, workspaceId, box, { id: file.id, size: file.size }).catch(nullIfGone)
  return read?.(0, file.size) ?? null
}

async function rawOf(
  ctx: Ctx,
  workspaceId: string,
  box: Box,
  { id, at }: { id: string; at: Date },
): Promise<Buffer | null> {
  const where = { workspaceId_storedAt_id: { workspaceId, storedAt: at, id } }
  const row = await inWorkspace(ctx, workspaceId, (tx) => tx.rawMail.findUnique({ where }), { reads: true })
  const sealed = row?.objectKey ? await orGone(ctx.objects.get(row.objectKey)) : row?.content
  return sealed ? box.open('raw_mail', id, sealed) : null
}
