import type { Setting } from '../../../shared/settings.ts'
import type { Actor } from '../../platform/actor.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { settingChanged } from './events.ts'

/** What a setting was and became, as JSON; null is nothing. */
export type Change = { setting: Setting; before: unknown; after: unknown; by: Pick<Actor, 'kind' | 'id'> }

/** Notes a change of a setting in its transaction: in the record by its code, and sealed for admins to read. What stays as it was is not noted. */
export async function noteChange(tx: Tx, box: Box, { setting, before, after, by }: Change): Promise<void> {
  const content = JSON.stringify({ before: before ?? null, after: after ?? null })
  if (JSON.stringify(before ?? null) === JSON.stringify(after ?? null)) return
  const { workspaceId, now } = tx
  const id = newId(now)
  const sealed = box.seal('setting_change.content', id, content)
  await tx.settingChange.create({
    data: { workspaceId, id, setting, byKind: by.kind, byId: by.id, content: sealed, changedAt: now },
  })
  await record(tx, [settingChanged({ setting, changeId: id, by })])
}
