import type { Ctx } from '../../context.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { ticketOfMail } from './finding.ts'
import { mailKeyOf } from './mail-key.ts'
import { ticketOfNotice } from './notice-reference.ts'

type Ids = { messageId: string; references: readonly string[] }

/** Which ticket stands beside an open mail, and whether it holds that very mail. */
export async function ticketBeside(
  ctx: Ctx,
  tx: Tx,
  { messageId, references }: Ids,
): Promise<{ id: string; holds: boolean } | null> {
  const found = await ticketOfMail(tx, mailKeyOf(messageId), [...references].reverse().map(mailKeyOf))
  if (found) return found
  const id = await ticketOfNotice(ctx.signer, tx, references)
  return id ? { id, holds: false } : null
}
