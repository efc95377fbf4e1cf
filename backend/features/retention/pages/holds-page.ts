import { ADMINS, LEADS } from '../../../../shared/roles.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { formToken, page, submission, timeIn, zoneOf } from '../../settings/index.ts'
import { holdsOf, liftHold } from '../holding.ts'

const PATH = '/settings/retention/holds'

export const holdsPage = page(PATH, LEADS, async (ctx, visit) => {
  const cursor = visit.query.get('cursor') ?? undefined
  const { holds, zone } = await inWorkspace(
    ctx,
    visit.actor.workspaceId,
    async (tx) => ({ holds: await holdsOf(ctx, tx, { cursor, limit: 50 }), zone: await zoneOf(tx) }),
    { reads: true },
  )
  const mayEdit = visit.actor.role === 'admin'
  const body = html`
  <h1>Held by law</h1>
  <p>What is held is kept, whatever its age, and cannot be erased. A ticket is held on its page, a customer on theirs.</p>
  ${
    holds.items.length === 0
      ? html`<p>Nothing is held.</p>`
      : html`<ul>${holds.items.map(
          (hold) => html`<li>
      <strong>${hold.name}</strong> since ${timeIn(zone, new Date(hold.at))}: ${hold.reason}
      ${
        hold.liftedAt
          ? html` <span class="soft">(lifted ${timeIn(zone, new Date(hold.liftedAt))})</span>`
          : html`<form method="post" action=${`${PATH}/${hold.id}/lifting`}>${formToken(visit)}<button class="quiet" disabled=${!mayEdit}>Lift</button></form>`
      }</li>`,
        )}</ul>`
  }
  ${holds.next && html`<p><a href=${`${PATH}?${new URLSearchParams({ cursor: holds.next })}`}>Older</a></p>`}
  <p><a href="/settings/retention">Back</a></p>`
  return { title: 'Held by law', body }
})

export const liftingForm = submission(`${PATH}/:holdId/lifting`, ADMINS, async (ctx, visit) => {
  await liftHold(ctx, visit.params['holdId'] ?? '', visit.actor)
  return { goTo: PATH }
})
