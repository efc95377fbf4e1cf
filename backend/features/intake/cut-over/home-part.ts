import { STAFF_ROLES } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { present, section, warning } from '../../../platform/panel.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { shadowIn } from '../../settings/index.ts'

/** Says above everything else that the desk only looks on. */
export const shadowHomePart = {
  roles: STAFF_ROLES,
  async sections(ctx: Ctx, { workspaceId }: StaffActor) {
    const { workspace, mailboxes } = await inWorkspace(ctx, workspaceId, shadowIn, { reads: true })
    if (workspace === null && mailboxes.size === 0) return []
    const where =
      workspace === null ? `in ${mailboxes.size === 1 ? 'one mailbox' : `${mailboxes.size} mailboxes`}` : 'everywhere'
    return present(section(null, warning(`Shadow mode ${where}: Sidedesk reads and writes nothing outside.`)))
  },
}
