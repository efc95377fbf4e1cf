import type { LegalHold } from '../../../../shared/retention.ts'
import { ADMINS, LEADS } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { formToken, page, submission, timeIn, type View, type Visit, zoneOf } from '../../settings/index.ts'
import { holdsOf, liftHold } from '../holding.ts'
import { linkTo } from './words.ts'

const PATH = '/settings/retention/holds'

export const holdsPage = page(PATH, LEADS, async (ctx, visit) => {
  const cursor = visit.query.get('cursor') ?? undefined
  const found = await inWorkspace(ctx, visit.actor.workspaceId, async (tx) => held(ctx, tx, cursor), { reads: true })
  const { holds } = found
  const body = html`
  <p><a href="/settings/retention">Retention and erasure</a></p>
  <h1>Held by law</h1>
  <p>What is held is kept, whatever its age, and cannot be erased. A ticket is held on its page, a customer on theirs.</p>
  ${holds.items.length === 0 && html`<p>Nothing is held.</p>`}
  ${holds.items.map((hold) => holdView(visit, hold, found))}
  ${holds.next && html`<p><a href=${`${PATH}?${new URLSearchParams({ cursor: holds.next })}`}>Older</a></p>`}`
  return { title: 'Held by law', body }
})

type Found = Awaited<ReturnType<typeof held>>

async function held(ctx: Ctx, tx: Tx, cursor: string | undefined) {
  const holds = await holdsOf(ctx, tx, { cursor, limit: 50 })
  const ids = holds.items.map(({ byId }) => byId)
  const people = await tx.staff.findMany({
    where: { workspaceId: tx.workspaceId, id: { in: ids } },
    select: { id: true, name: true },
  })
  return { holds, zone: await zoneOf(tx), names: new Map(people.map(({ id, name }) => [id, name])) }
}

/** Where what is held can be looked at; the page of a customer is for admins. */
function placeOf({ actor }: Visit, { about, subjectId, liftedAt }: LegalHold): string | null {
  if (liftedAt) return null
  if (about === 'ticket') return `/desk/tickets/${subjectId}`
  return actor.role === 'admin' ? `/settings/retention/customers/${subjectId}` : null
}

const holdView = (visit: Visit, hold: LegalHold, { zone, names }: Found): View => html`
  <section aria-label=${hold.name}>
    <h2>${linkTo(placeOf(visit, hold), hold.name)}</h2>
    <p>${hold.reason}</p>
    <p class="soft">${hold.about === 'ticket' ? 'This ticket' : 'This customer, with every ticket'}, held since ${timeIn(zone, new Date(hold.at))} by ${names.get(hold.byId) ?? 'a former colleague'}</p>
    ${
      hold.liftedAt
        ? html`<p>Lifted ${timeIn(zone, new Date(hold.liftedAt))}</p>`
        : html`<form method="post" action=${`${PATH}/${hold.id}/lifting`}>${formToken(visit)}<button class="quiet" disabled=${visit.actor.role !== 'admin'}>Lift</button></form>`
    }
  </section>`

export const liftingForm = submission(`${PATH}/:holdId/lifting`, ADMINS, async (ctx, visit) => {
  await liftHold(ctx, visit.params['holdId'] ?? '', visit.actor)
  return { goTo: PATH }
})
