import { LEADS, STAFF_ROLES } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { present, remark, section, warning } from '../../../platform/panel.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { timeIn, zoneOf } from '../../settings/index.ts'
import { isSharedLogin, SHARED_LOGIN } from './set-ups.ts'
import { NOTHING_LOST, unreadMailboxes } from './troubles.ts'

/** Says on the homepage of whoever leads that a mailbox cannot be read; nothing while all can. */
export const unreadPart: Ctx['homeParts'][number] = {
  roles: LEADS,
  async sections(ctx, { workspaceId }) {
    const { unread, zone } = await inWorkspace(
      ctx,
      workspaceId,
      async (tx) => {
        const found = await unreadMailboxes(tx)
        return { unread: found, zone: found.length === 0 ? '' : await zoneOf(tx) }
      },
      { reads: true },
    )
    return unread.flatMap(({ account, lostAt, problem }) =>
      present(
        section(
          null,
          warning(`${account} cannot be read${lostAt ? ` since ${timeIn(zone, lostAt)}` : ''}.`),
          remark([problem, NOTHING_LOST].filter(Boolean).join(' ')),
        ),
      ),
    )
  },
}

/** Says to whoever signed in as the shared account that this is not how the desk works. */
export const sharedLoginPart: Ctx['homeParts'][number] = {
  roles: STAFF_ROLES,
  async sections(ctx, { workspaceId, id }) {
    const [row] = await inWorkspace(
      ctx,
      workspaceId,
      (tx) =>
        tx.$queryRaw<{ shared: boolean }[]>`select ${isSharedLogin(Prisma.sql`${workspaceId}::uuid`, id)} as shared`,
      { reads: true },
    )
    return row?.shared ? present(section(null, warning(SHARED_LOGIN))) : []
  },
}
