import { ADMINS } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { formToken, orShowAgain, page, submission, timeIn, type Visit, zoneOf } from '../../settings/index.ts'
import { chooseInboxes } from '../inboxes/choosing.ts'
import { type Inbox, type Inboxes, readInboxes } from '../inboxes/reading.ts'

const PATH = '/settings/mailboxes/inboxes'

type Told = { fields: { address: string; staffIds: readonly string[] } | null; problem: string | null }

export const inboxesPage = page(PATH, ADMINS, (ctx, visit) => shown(ctx, visit, { fields: null, problem: null }))

/** The key is never shown again, not even to whoever typed it. */
export const inboxesForm = submission(PATH, ADMINS, (ctx, visit) => {
  const fields = { address: visit.form.get('address') ?? '', staffIds: visit.form.getAll('inbox') }
  return orShowAgain(
    async () => {
      await chooseInboxes(ctx, { ...fields, key: visit.form.get('key') }, visit.actor)
      return `${PATH}?saved=1`
    },
    (problem) => shown(ctx, visit, { fields, problem }),
  )
})

async function shown(ctx: Ctx, visit: Visit, told: Told) {
  const { inboxes, zone } = await inWorkspace(
    ctx,
    visit.actor.workspaceId,
    async (tx) => ({ inboxes: await readInboxes(tx), zone: await zoneOf(tx) }),
    { reads: true },
  )
  return { title: 'Inboxes of people', body: view(visit, inboxes, told, zone) }
}

const view = (visit: Visit, { people, addresses, hasKey }: Inboxes, { fields, problem }: Told, zone: string) => html`
  <p><a href="/settings/mailboxes">Mailboxes</a></p>
  <h1>Inboxes of people</h1>
  ${visit.query.has('saved') && html`<p class="good" role="status">Saved. It counts from now on.</p>`}
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  <p>Without an archive account, or beside it, Sidedesk can read the inboxes of the people who answer. Of every mail that comes there it looks at
    who wrote it to whom and what it answers. Only mail from or to the shared address, or of a conversation that is a ticket, is read and kept.
    Of all other mail nothing is kept but how many there were on a day. Tell the people concerned before you switch it on.</p>
  <form method="post" action=${PATH}>
    ${formToken(visit)}
    <section>
      <label>Shared address<small>that customers write to</small>
        <input name="address" type="email" autocomplete="off" value=${fields?.address ?? addresses[0] ?? ''} /></label>
      <fieldset><legend>Read the inbox of</legend>
        ${people.map((one) => personLine(one, fields?.staffIds.includes(one.staffId) ?? one.state !== null, zone))}
      </fieldset>
    </section>
    <section>
      <label>Key of the service account<small>${hasKey ? 'one is stored; leave this empty to go on using it' : 'the JSON file that Google made; kept encrypted, never shown again'}</small>
        <textarea name="key" rows="4" autocomplete="off" spellcheck="false"></textarea></label>
      <p class="soft">In the Admin console, Security, API controls, Domain-wide delegation, its client id needs the scopes gmail.modify and gmail.settings.basic.</p>
    </section>
    <button>Save</button>
  </form>`

const STATE_WORDS = { connected: 'is read', needs_access: 'cannot be read', paused: 'is paused' } as const

const personLine = (
  { staffId, name, email, state, problem, syncedAt, kept, unmatched }: Inbox,
  ticked: boolean,
  zone: string,
) => html`
  <label><input type="checkbox" name="inbox" value=${staffId} checked=${ticked} /> ${name}
    <small>${email}${state && html` · ${STATE_WORDS[state]}${syncedAt && html`, last ${timeIn(zone, syncedAt)}`} · 30 days: ${kept} of the desk, ${unmatched} looked at and not kept`}</small>
    ${problem && html`<small class="bad">${problem}</small>`}</label>`
