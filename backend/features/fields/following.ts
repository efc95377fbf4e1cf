import type { Ctx } from '../../context.ts'
import { following } from '../../platform/followers.ts'
import { customerJoined } from '../customers/index.ts'
import { type FieldRow, fieldsSql, openField, sealValue } from './rows.ts'

/** Somebody without an address turned out to be a customer that we know: what was filled in goes along where nothing is yet. */
export const fieldFollowers = [
  following<Ctx>([customerJoined], async (ctx, tx, facts) => {
    const box = await ctx.keyring.box(tx)
    // One act joins two customers.
    for (const { payload } of facts) {
      const [from, into] = [String(payload['customerId']), String(payload['intoId'])]
      const rows = await tx.$queryRaw<FieldRow[]>(
        fieldsSql(tx.workspaceId, { about: 'customer', id: from, category: null }),
      )
      const filled = rows.map((row) => openField(box, from, row)).filter(({ value }) => value !== null)
      const values = filled.map(({ id, kind, value }) => ({
        field: id,
        ...(kind === 'choice' ? { choice: value } : { value: sealValue(box, into, id, value ?? '') }),
      }))
      await tx.$executeRaw`
        insert into desk.field_value (workspace_id, owner_id, field_id, value, choice_id, changed_at)
        select ${tx.workspaceId}::uuid, ${into}::uuid, field, decode(value, 'base64'), choice, ${tx.now}
        from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as given (field uuid, value text, choice uuid)
        on conflict do nothing`
      await tx.fieldValue.deleteMany({ where: { workspaceId: tx.workspaceId, ownerId: from } })
    }
  }),
]
