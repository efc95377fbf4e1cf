import { openSession } from '../../../backend/features/settings/page-sessions.ts'
import type { Ground } from '../world/ground.ts'
import type { Engaged } from '../world/staffing.ts'

/** The cookie of a session, by plain http and by https. */
const COOKIES = ['sidedesk-session', '__Host-sidedesk-session']

/** What the browser of somebody sends who is signed in. */
export async function pageHeaders({ ctx }: Ground, { workspaceId, role, person }: Engaged) {
  const session = await openSession(ctx, { kind: 'staff', workspaceId, role, ...person })
  return { cookie: COOKIES.map((name) => `${name}=${session}`).join('; ') }
}
