import { z } from 'zod'
import { ServiceAccountKey, SheetsRefused, SheetsUnavailable } from '../../../clients/sheets/index.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { noteChange, refuseInShadow } from '../../settings/index.ts'
import { HEADER } from './writing.ts'

const PLACE = 'sheets_log.key'

/** The service account's key; null while there is none. */
export async function openKey(ctx: Ctx, tx: Tx): Promise<string | null> {
  const row = await tx.sheetsLog.findUnique({ where: { workspaceId: tx.workspaceId } })
  return row && (await ctx.keyring.box(tx)).openText(PLACE, tx.workspaceId, row.key)
}

const KeyText = z.string().transform((text, issues) => {
  try {
    return ServiceAccountKey.parse(JSON.parse(text)) && text
  } catch {
    issues.addIssue('Paste the JSON key of a service account, whole.')
    return z.NEVER
  }
})

export const SheetsLogWish = z.object({
  /** Its id, or its address from the browser. */
  spreadsheet: z
    .string()
    .trim()
    .transform((text) => /\/d\/([\w-]+)/.exec(text)?.[1] ?? text)
    .pipe(z.string().regex(/^[\w-]{10,100}$/, 'Paste the address of the spreadsheet.')),
  sheetName: z.string().trim().min(1, 'Name the sheet, as its tab says.').max(100),
  /** null keeps the one that is there. */
  key: KeyText.nullable(),
})
export type SheetsLogWish = z.infer<typeof SheetsLogWish>

/**
 * Tries the sheet by writing its header, and switches the log on. What ended before the log was first switched on is not logged; what
 * waited since then is.
 * @throws DeskError invalid_request with what Google said, in_shadow, unavailable
 */
export async function switchLogOn(ctx: Ctx, wish: SheetsLogWish, by: Actor): Promise<void> {
  const { workspaceId } = by
  const secret = await inWorkspace(ctx, workspaceId, async (tx) => {
    await refuseInShadow(tx)
    return wish.key ?? (await openKey(ctx, tx))
  })
  if (secret === null) throw new DeskError('invalid_request', 'Paste the JSON key of a service account.')
  await tryOut(ctx, { secret, spreadsheetId: wish.spreadsheet, sheetName: wish.sheetName })
  const { client_email: clientEmail } = ServiceAccountKey.parse(JSON.parse(secret))
  await inWorkspace(ctx, workspaceId, async (tx) => {
    const box = await ctx.keyring.box(tx)
    const old = await tx.sheetsLog.findUnique({ where: { workspaceId } })
    const place = { spreadsheetId: wish.spreadsheet, sheetName: wish.sheetName, clientEmail, on: true }
    const data = { ...place, key: box.seal(PLACE, workspaceId, secret), problem: null, problemAt: null }
    await tx.sheetsLog.upsert({ where: { workspaceId }, update: data, create: { ...data, workspaceId, since: tx.now } })
    await noteChange(tx, box, { setting: 'sheets_log', before: old && told(old), after: told(place), by })
  })
}

export const switchLogOff = (ctx: Ctx, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const where = { workspaceId: tx.workspaceId }
    const old = await tx.sheetsLog.findUnique({ where })
    if (!old) return
    await tx.sheetsLog.update({ where, data: { on: false } })
    const box = await ctx.keyring.box(tx)
    await noteChange(tx, box, { setting: 'sheets_log', before: told(old), after: told({ ...old, on: false }), by })
  })

type Told = { spreadsheetId: string; sheetName: string; clientEmail: string; on: boolean }
const told = ({ spreadsheetId, sheetName, clientEmail, on }: Told) => ({ spreadsheetId, sheetName, clientEmail, on })

/** Whoever may write the header may write rows. */
async function tryOut(
  { sheets, config }: Ctx,
  at: { secret: string; spreadsheetId: string; sheetName: string },
): Promise<void> {
  if (config.effectsPaused) throw new DeskError('effects_paused', 'Effects are paused, so nothing can be tried now.')
  try {
    await sheets.tab(at)
    const [first = []] = await sheets.read(at, 'A1:H1')
    if (first.length > 0 && first[0] !== HEADER[0])
      throw new DeskError('invalid_request', `«${at.sheetName}» has something in it already. Choose an empty sheet.`)
    await sheets.put(at, 'A1:H1', [HEADER])
  } catch (error) {
    if (error instanceof SheetsRefused) throw new DeskError('invalid_request', error.message, { cause: error })
    if (error instanceof SheetsUnavailable) throw new DeskError('unavailable', error.message, { cause: error })
    throw error
  }
}
