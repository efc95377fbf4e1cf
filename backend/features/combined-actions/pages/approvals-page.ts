import type { Ctx } from '../../../context.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { page } from '../../settings/index.ts'
import { wordsOf, worthOf } from '../approving/outline.ts'
import { waitsForApproval } from '../approving/waiting.ts'
import { type Shown, showActions } from '../showing/presenting.ts'

const MOST = 50

/** What waits for approval, the longest wait first; everybody who may decide sees all of it, their own marked. */
export const approvalsPage = page(
  '/approvals',
  ['supervisor', 'admin'],
  async (ctx, { actor }) => ({
    title: 'Approvals',
    body: view(await waitingActions(ctx, actor), actor, ctx.clock.now()),
  }),
  'Approvals',
)

const waitingActions = (ctx: Ctx, actor: StaffActor): Promise<Shown[]> =>
  inWorkspace(ctx, actor.workspaceId, async (tx) => showActions(ctx, tx, await waitingIds(tx), actor), { reads: true })

/** Exported so that a test can count what it reads. */
export async function waitingIds(tx: Tx): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select c.id::text from desk.combined_action c where ${waitsForApproval(tx.workspaceId)} order by c.created_at, c.id limit ${MOST}`
  return rows.map(({ id }) => id)
}

const view = (shown: readonly Shown[], actor: StaffActor, now: Date) => html`
  <h1>Waiting for approval</h1>
  ${shown.length === 0 && html`<p>Nothing waits. You get a mail when you are asked.</p>`}
  ${shown.map(
    ({ action, content, view: { by } }) => html`
      <div class="card">
        <h2><a href=${`/actions/${action.id}`}>${content.order.name}: ${wordsOf(action)}</a></h2>
        <p class="soft">worth ${worthOf(action)}; ${action.byId === actor.id ? 'your own, somebody else decides' : by.name}, ${waited(action.createdAt, now)}</p>
      </div>`,
  )}
  ${shown.length === MOST && html`<p class="soft">These are the ${MOST} that wait longest; there may be more.</p>`}
`

function waited(since: Date, now: Date): string {
  const minutes = Math.floor((now.getTime() - since.getTime()) / 60_000)
  return minutes < 60 ? `waits ${minutes} min` : `waits ${Math.floor(minutes / 60)} h`
}
