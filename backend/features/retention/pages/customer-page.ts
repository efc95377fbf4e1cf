import { ERASURE_REASONS, ErasureReason } from '../../../../shared/retention.ts'
import { ADMINS } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { formToken, orShowAgain, page, submission, timeIn, type Visit, zoneOf } from '../../settings/index.ts'
import { askForErasure } from '../asking.ts'
import { askForExport, exportIn } from '../exporting/exports.ts'
import { isHeld, placeHold } from '../holding.ts'

const PATH = '/settings/retention/customers/:customerId'
const pathOf = ({ params }: Visit) => `/settings/retention/customers/${params['customerId'] ?? ''}`
const idOf = ({ params }: Visit) => params['customerId'] ?? ''

/** Everything that can be done with what is kept of one customer; only admins see it. */
export const customerPage = page(PATH, ADMINS, (ctx, visit) => shown(ctx, visit, null))

const acting = (what: string, act: (ctx: Ctx, visit: Visit) => Promise<string>) =>
  submission(`${PATH}/${what}`, ADMINS, (ctx, visit) =>
    orShowAgain(
      () => act(ctx, visit),
      (problem) => shown(ctx, visit, problem),
    ),
  )

export const exportForm = acting('export', async (ctx, visit) => {
  await askForExport(ctx, idOf(visit), visit.actor)
  return pathOf(visit)
})

export const holdForm = acting('hold', async (ctx, visit) => {
  const reason = (visit.form.get('reason') ?? '').trim()
  if (reason.length < 3) throw new DeskError('invalid_request', 'Say why it is held.')
  await placeHold(ctx, { about: 'customer', subjectId: idOf(visit), reason: reason.slice(0, 500) }, visit.actor)
  return pathOf(visit)
})

export const erasureForm = acting('erasure', async (ctx, visit) => {
  const reason = ErasureReason.safeParse(visit.form.get('reason'))
  if (!reason.success) throw new DeskError('invalid_request', 'Choose why the customer is forgotten.')
  const confirmation = (visit.form.get('confirmation') ?? '').trim()
  await askForErasure(ctx, { customerId: idOf(visit), reason: reason.data, confirmation }, visit.actor)
  return '/settings/retention'
})

async function shown(ctx: Ctx, visit: Visit, problem: string | null) {
  const found = await inWorkspace(ctx, visit.actor.workspaceId, (tx) => foundOf(ctx, tx, idOf(visit)), { reads: true })
  return { title: found.name, body: view(visit, found, problem) }
}

async function foundOf(ctx: Ctx, tx: Tx, customerId: string) {
  const { workspaceId } = tx
  const customer = await tx.customer.findUnique({ where: { workspaceId_id: { workspaceId, id: customerId } } })
  if (!customer) throw new DeskError('not_found', 'There is no such customer in your workspace.')
  const made = await tx.customerExport.findMany({
    where: { workspaceId, customerId },
    orderBy: { askedAt: 'desc' },
    take: 5,
    select: { id: true },
  })
  const exports: Awaited<ReturnType<typeof exportIn>>[] = []
  for (const { id } of made) exports.push(await exportIn(ctx, tx, id)) // five at the most
  return { ...customer, exports, held: await isHeld(tx, [customerId]), zone: await zoneOf(tx) }
}

const EXPORT_WORDS = { waiting: 'is being made', failed: 'failed', gone: 'is not kept any more' } as const

const view = (
  visit: Visit,
  { name, email, exports, held, zone }: Awaited<ReturnType<typeof foundOf>>,
  problem: string | null,
) => html`
  <h1>${name}</h1>
  <p class="soft">${email}</p>
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  <section>
    <h2>What is kept</h2>
    <ul>${exports.map(
      ({ askedAt, state, url, endsAt }) =>
        html`<li>Asked ${timeIn(zone, new Date(askedAt))}: ${
          url && endsAt
            ? html`<a href=${url}>Download</a>, until ${timeIn(zone, new Date(endsAt))}`
            : EXPORT_WORDS[state === 'ready' ? 'gone' : state]
        }</li>`,
    )}</ul>
    <form method="post" action=${`${pathOf(visit)}/export`}>${formToken(visit)}<button>Make an export</button></form>
    <p class="soft">Asking and downloading are on the record.</p>
  </section>
  <section>
    <h2>Hold</h2>
    ${
      held
        ? html`<p>Everything of this customer is held by law. <a href="/settings/retention/holds">Holds</a></p>`
        : html`<form method="post" action=${`${pathOf(visit)}/hold`}>${formToken(visit)}
          <label>Why<input name="reason" maxlength="500" /></label><button class="quiet">Hold everything of this customer</button></form>`
    }
  </section>
  <section>
    <h2>Erase</h2>
    <p>Tickets, mails, files and the record of this customer go, and open tickets are closed. It cannot be taken back. What Gmail and Shopify keep
      themselves stays there.</p>
    <form method="post" action=${`${pathOf(visit)}/erasure`}>
      ${formToken(visit)}
      <label>Why<select name="reason">${Object.entries(ERASURE_REASONS).map(([code, words]) => html`<option value=${code}>${words}</option>`)}</select></label>
      <label>Type ${email === '' ? 'the name' : 'the address'} to confirm<input name="confirmation" autocomplete="off" /></label>
      <button class="second" disabled=${held}>Erase this customer</button>
    </form>
  </section>`
