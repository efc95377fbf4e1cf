import { MailTemplate } from '../../../../shared/drafts.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { maskCodes } from '../../gift-cards/index.ts'
import { noteChange } from '../../settings/index.ts'
import type { Frame } from './framing.ts'

/** Layouts of outgoing mail, one for each language. */
export async function templatesIn(tx: Tx): Promise<MailTemplate[]> {
  const rows = await tx.mailTemplate.findMany({
    where: { workspaceId: tx.workspaceId },
    orderBy: { language: 'asc' },
    select: { language: true, layout: true, html: true },
  })
  return rows.map((row) => MailTemplate.parse(row))
}

/** The frame of a mail that somebody sends. @param language two letters; of a language without a layout the mail stands alone */
export async function frameFor(tx: Tx, language: string, staffId: string | null): Promise<Frame> {
  const { workspaceId } = tx
  const template = await tx.mailTemplate.findUnique({ where: { workspaceId_language: { workspaceId, language } } })
  const signature = staffId === null ? '' : await signatureOf(tx, staffId)
  return { layout: template?.layout ?? '', html: template?.html ?? '', signature }
}

export async function signatureOf(tx: Tx, staffId: string): Promise<string> {
  const where = { workspaceId_staffId: { workspaceId: tx.workspaceId, staffId } }
  return (await tx.mailSignature.findUnique({ where, select: { text: true } }))?.text ?? ''
}

/** Sets the layout of one language; two empty ones remove it. @throws DeskError invalid_request without a place for the text */
export const writeTemplate = (ctx: Ctx, template: MailTemplate, by: Actor): Promise<MailTemplate[]> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    refuseUnusable(template)
    const before = await templatesIn(tx)
    const { workspaceId, now } = tx
    const { language } = template
    const [layout, html] = [maskCodes(template.layout).trim(), maskCodes(template.html).trim()]
    const row = { layout, html, updatedAt: now }
    if (layout === '' && html === '') await tx.mailTemplate.deleteMany({ where: { workspaceId, language } })
    else
      await tx.mailTemplate.upsert({
        where: { workspaceId_language: { workspaceId, language } },
        create: { ...row, workspaceId, language },
        update: row,
      })
    const after = await templatesIn(tx)
    await noteChange(tx, await ctx.keyring.box(tx), { setting: 'templates', before, after, by })
    return after
  })

function refuseUnusable({ layout, html }: MailTemplate): void {
  const without = [layout, html].some((each) => each.trim() !== '' && !each.includes('{text}'))
  if (without)
    throw new DeskError('invalid_request', 'Write {text} where the answer goes, in the text and in the HTML.')
  if (/<(script|iframe|object|embed|form)\b|\son\w+\s*=|javascript:/i.test(html))
    throw new DeskError('invalid_request', 'Mail programs throw scripts and forms away. Take them out of the HTML.')
}

export const writeSignature = (ctx: Ctx, text: string, by: Actor): Promise<string> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    if (by.kind !== 'staff') throw new DeskError('forbidden', 'A signature is a person’s.')
    const { workspaceId, now } = tx
    const masked = maskCodes(text)
    const before = await signatureOf(tx, by.id)
    const where = { workspaceId, staffId: by.id }
    const row = { text: masked, updatedAt: now }
    await tx.mailSignature.upsert({ where: { workspaceId_staffId: where }, create: { ...where, ...row }, update: row })
    const change = { before: { signature: before }, after: { signature: masked }, by }
    await noteChange(tx, await ctx.keyring.box(tx), { setting: 'templates', ...change })
    return masked
  })
