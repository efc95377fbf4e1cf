import { ADMINS } from '../../../../shared/roles.ts'
import type { Webhook } from '../../../../shared/webhooks.ts'
import type { Ctx } from '../../../context.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { formToken, orShowAgain, page, submission, type Visit, zoneOf } from '../../settings/index.ts'
import { changeWebhook, changeWebhookSecret, present, removeWebhook, webhookFor } from '../keeping.ts'
import { deliveriesOf } from '../listing.ts'
import { sendAgain, sendTest } from '../sending-again.ts'
import { log } from './delivery-log.ts'
import { fields, PATH, problemBox, secretBox, typedIn, wantedIn } from './fields.ts'
import { STATE_WORDS } from './webhooks-page.ts'

const ONE = `${PATH}/:webhookId`
const LOGGED = 25

export const webhookPage = page(ONE, ADMINS, (ctx, visit) => shown(ctx, visit, {}))

export const changeForm = submission(ONE, ADMINS, (ctx, visit) =>
  acted(ctx, visit, async () => {
    const state = visit.form.has('on') ? 'on' : 'off'
    await changeWebhook(ctx, idIn(visit), { ...wantedIn(visit.form), state }, visit.actor)
    return `${pathOf(visit)}?saved=1`
  }),
)

export const secretForm = submission(`${ONE}/secret`, ADMINS, async (ctx, visit) => {
  const { secret } = await changeWebhookSecret(ctx, idIn(visit), visit.actor)
  return shown(ctx, visit, { secret })
})

export const testForm = submission(`${ONE}/tests`, ADMINS, (ctx, visit) =>
  acted(ctx, visit, async () => {
    await sendTest(ctx, idIn(visit), visit.actor)
    return pathOf(visit)
  }),
)

export const repetitionForm = submission(`${ONE}/deliveries/:deliveryId/repetition`, ADMINS, (ctx, visit) =>
  acted(ctx, visit, async () => {
    await sendAgain(ctx, idIn(visit), visit.params['deliveryId'] ?? '', visit.actor)
    return pathOf(visit)
  }),
)

export const removalForm = submission(`${ONE}/removal`, ADMINS, (ctx, visit) =>
  acted(ctx, visit, async () => {
    await removeWebhook(ctx, idIn(visit), visit.actor)
    return PATH
  }),
)

const idIn = ({ params }: Visit) => params['webhookId'] ?? ''
const pathOf = (visit: Visit) => `${PATH}/${idIn(visit)}`

const acted = (ctx: Ctx, visit: Visit, act: () => Promise<string>) =>
  orShowAgain(act, (problem) => shown(ctx, visit, { problem }))

type Told = { secret?: string; problem?: string }

async function shown(ctx: Ctx, visit: Visit, told: Told) {
  const { workspaceId } = visit.actor
  const { webhook, zone } = await inWorkspace(
    ctx,
    workspaceId,
    async (tx) => ({ webhook: present(await webhookFor(tx, idIn(visit))), zone: await zoneOf(tx) }),
    { reads: true },
  )
  const cursor = visit.query.get('cursor') ?? undefined
  const deliveries = await deliveriesOf(ctx, workspaceId, webhook.id, { cursor, limit: LOGGED })
  const typed = told.problem !== undefined && visit.form.has('name') ? typedIn(visit.form) : webhook
  return {
    title: webhook.name,
    body: html`${head(visit, webhook, told)}${form(visit, webhook, typed)}${more(visit)}${log(visit, pathOf(visit), zone, deliveries)}`,
  }
}

const head = ({ query }: Visit, { name, url, state, failingSince }: Webhook, { secret, problem }: Told) => html`
  <p><a href=${PATH}>All webhooks</a></p>
  <h1>${name}</h1>
  ${query.has('saved') && html`<p class="good" role="status">Saved. It counts from now on.</p>`}
  ${problemBox(problem)}${secretBox(secret)}
  <p>${url}: ${STATE_WORDS[state]}${state === 'on' && failingSince && html`, <span class="bad">nothing came through lately</span>`}</p>`

const form = (visit: Visit, { state }: Webhook, typed: Pick<Webhook, 'name' | 'url' | 'events'>) => html`
  <section aria-label="Change">
    <form method="post" action=${pathOf(visit)}>
      ${formToken(visit)}
      <label><input type="checkbox" name="on" checked=${state === 'on'} /> Switched on
        <small>what waits is dropped when it is switched off</small></label>
      ${fields(typed)}
      <button>Save</button>
    </form>
  </section>`

const more = (visit: Visit) => html`
  <section aria-label="More">
    <form method="post" action=${`${pathOf(visit)}/tests`}>${formToken(visit)}<button class="second">Send a test</button></form>
    <form method="post" action=${`${pathOf(visit)}/secret`}>${formToken(visit)}
      <button class="second">New secret: for a day both sign</button></form>
    <form method="post" action=${`${pathOf(visit)}/removal`}>${formToken(visit)}<button class="quiet">Remove</button></form>
  </section>`
