import { z } from 'zod'
import { type SheetAt, SheetsRefused } from '../../../clients/sheets/index.ts'
import type { Ctx } from '../../../context.ts'
import type { Effect } from '../../../platform/journal.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { openKey } from './keeping.ts'
import { missingIn, writeMissing } from './writing.ts'

export const KIND = 'sheets.rows'

/** Rows as they will stand in the sheet, and where. */
export const RowsRequest = z.object({
  spreadsheetId: z.string(),
  sheetName: z.string(),
  rows: z.array(z.array(z.string())),
})
export type RowsRequest = z.infer<typeof RowsRequest>

const Written = z.object({ rows: z.int() })

export const writingRows: Effect<RowsRequest, z.infer<typeof Written>, Ctx> = {
  kind: KIND,
  request: RowsRequest,
  result: Written,
  async run(ctx, { workspaceId, request }) {
    await writeMissing(ctx.sheets, await placeOf(ctx, workspaceId, request), request.rows)
    return { rows: request.rows.length }
  },
  /** Part of them there is none of them done: `run` writes what is missing. */
  async find(ctx, { workspaceId, request }) {
    const missing = await missingIn(ctx.sheets, await placeOf(ctx, workspaceId, request), request.rows)
    return missing.length === 0 ? { rows: request.rows.length } : null
  },
  refusal: (error) => (error instanceof SheetsRefused ? error.message : null),
  /** The rows wait for somebody who puts it right. */
  async refused(tx, { id }, words) {
    await tx.sheetsLogRow.updateMany({ where: { workspaceId: tx.workspaceId, entryId: id }, data: { entryId: null } })
    await noteState(tx, { on: false, problem: words, problemAt: tx.now })
  },
  async leftOpen(_ctx, tx, _entry, { words }) {
    await noteState(tx, { problem: words ?? 'Google did not answer. It is tried again by itself.', problemAt: tx.now })
  },
  async settle(_ctx, tx, { id }) {
    const data = { writtenAt: tx.now }
    await tx.sheetsLogRow.updateMany({ where: { workspaceId: tx.workspaceId, entryId: id }, data })
    await noteState(tx, { problem: null, problemAt: null, writtenAt: tx.now })
  },
}

type State = { on?: boolean; problem: string | null; problemAt: Date | null; writtenAt?: Date }

const noteState = async (tx: Tx, data: State): Promise<void> => {
  await tx.sheetsLog.updateMany({ where: { workspaceId: tx.workspaceId }, data })
}

async function placeOf(ctx: Ctx, workspaceId: string, { spreadsheetId, sheetName }: RowsRequest): Promise<SheetAt> {
  const secret = await inWorkspace(ctx, workspaceId, (tx) => openKey(ctx, tx), { reads: true })
  if (secret === null) throw new SheetsRefused('There is no service account any more.')
  return { secret, spreadsheetId, sheetName }
}
