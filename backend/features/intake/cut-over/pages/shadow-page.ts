import { ADMINS, LEADS } from '../../../../../shared/roles.ts'
import type { Ctx } from '../../../../context.ts'
import { html } from '../../../../platform/html.ts'
import { inWorkspace } from '../../../../platform/tenancy.ts'
import {
  formToken,
  orShowAgain,
  page,
  type Shadow,
  shadowIn,
  submission,
  switchShadow,
  timeIn,
  type View,
  type Visit,
  type Withheld,
  withheldSince,
  zoneOf,
} from '../../../settings/index.ts'

const PATH = '/settings/mailboxes/shadow'
const DAYS = 30

const shadowPage = page(PATH, LEADS, (ctx, visit) => shown(ctx, visit, null), { word: 'Shadow mode', group: 'Desk' })

const shadowForm = submission(PATH, ADMINS, (ctx, visit) =>
  orShowAgain(
    async () => {
      const { actor, form } = visit
      const mailboxId = form.get('mailbox') || null
      await switchShadow(ctx, actor.workspaceId, { mailboxId, on: form.get('on') === 'yes' }, actor)
      return `${PATH}?saved=1`
    },
    (problem) => shown(ctx, visit, problem),
  ),
)

export const shadowPages = [shadowPage, shadowForm]

type About = {
  shadow: Shadow
  withheld: Withheld[]
  mailboxes: { id: string; address: string }[]
  zone: string
  problem: string | null
}

async function shown(ctx: Ctx, visit: Visit, problem: string | null) {
  const { workspaceId } = visit.actor
  const about = await inWorkspace(
    ctx,
    workspaceId,
    async (tx) => ({
      shadow: await shadowIn(tx),
      withheld: await withheldSince(tx, new Date(tx.now.getTime() - DAYS * 86_400_000)),
      mailboxes: await tx.mailbox.findMany({
        where: { workspaceId },
        select: { id: true, address: true },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      }),
      zone: await zoneOf(tx),
    }),
    { reads: true },
  )
  return { title: 'Shadow mode', body: view(visit, { ...about, problem }) }
}

const view = (visit: Visit, about: About): View => html`
  <h1>Shadow mode</h1>
  ${visit.query.has('saved') && html`<p class="good" role="status">Saved.</p>`}
  ${about.problem && html`<p class="bad" role="alert">${about.problem}</p>`}
  <p>Sidedesk reads everything and writes nothing outside: no mail, no labels, no drafts, nothing in Shopify, no webhooks, no notices by mail or push. Another system can go on working meanwhile. What was kept back is not made up for later.</p>
  ${!mayEdit(visit) && html`<p>An admin changes this.</p>`}
  ${place(visit, { name: 'The whole workspace', id: '', since: about.shadow.workspace }, about.zone)}
  ${about.mailboxes.map(({ id, address: name }) => place(visit, { name, id, since: about.shadow.mailboxes.get(id) ?? null }, about.zone))}
  <section aria-label="Kept back">
    <h2>Kept back in ${DAYS} days</h2>
    ${
      about.withheld.length === 0
        ? html`<p>Nothing.</p>`
        : html`<dl>${about.withheld.map(({ words, count }) => html`<dt>${words}</dt><dd>${count}</dd>`)}</dl>`
    }
  </section>`

const mayEdit = ({ actor }: Visit): boolean => actor.role === 'admin'

type Place = { name: string; id: string; since: Date | null }

const place = (visit: Visit, { name, id, since }: Place, zone: string): View => html`
  <section aria-label=${name}>
    <h2>${name}</h2>
    <p class=${since === null ? 'good' : 'bad'}>${since === null ? 'works' : `in shadow mode since ${timeIn(zone, since)}`}</p>
    <form method="post" action=${PATH}>
      ${formToken(visit)}<input type="hidden" name="mailbox" value=${id} />
      <button class=${since === null ? 'second' : ''} name="on" value=${since === null ? 'yes' : 'no'} disabled=${!mayEdit(visit)}>${since === null ? 'Switch on' : 'Switch off'}</button>
    </form>
  </section>`
