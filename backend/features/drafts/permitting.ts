import type { Ctx } from '../../context.ts'
import type { AskedToAct, Permission } from '../../platform/journal.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { refuseWhileQuiet } from '../intake/index.ts'
import { permitThroughMailbox } from '../settings/index.ts'

/** The door of every mail that is sent: shut in shadow mode and in a pause, and for as long as Google wants quiet from the account. */
export const permitSending =
  (ctx: Ctx) =>
  async (tx: Tx, asked: AskedToAct<{ mailboxId: string }>): Promise<Permission> => {
    const permission = await permitThroughMailbox(ctx)(tx, asked)
    if (permission === true) await refuseWhileQuiet(tx, asked.request.mailboxId)
    return permission
  }
