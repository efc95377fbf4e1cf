import type { Tx } from '../../../platform/tenancy.ts'
import { plannedEndSql } from './planned-end.ts'

/** Whoever is at work while their shift is made to have ended already works on: nobody could have told them to log out. */
export const keepAtWork = (tx: Tx, staffIds: readonly string[]) => tx.$executeRaw`
  update desk.work_session w set stays = true
  where w.workspace_id = ${tx.workspaceId}::uuid and w.staff_id = any(${[...staffIds]}::uuid[]) and w.ended_at is null
    and w.planned_end_at > ${tx.now} and ${plannedEndSql(tx.workspaceId, tx.now)} <= ${tx.now}`
