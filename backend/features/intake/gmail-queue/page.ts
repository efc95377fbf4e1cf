import type { GmailQueueAccount } from '../../../../shared/gmail-queue.ts'
import { ADMINS, LEADS } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { formToken, orShowAgain, page, submission, type Visit } from '../../settings/index.ts'
import { accountsIn, switchAccount } from './switching.ts'

const PATH = '/settings/gmail-queue'

const queuePage = page(PATH, LEADS, (ctx, visit) => shown(ctx, visit, null), { word: 'Labels in Gmail', group: 'Work' })

const queueForm = submission(PATH, ADMINS, (ctx: Ctx, visit: Visit) =>
  orShowAgain(
    async () => {
      const wish = { labels: visit.form.has('labels'), archive: visit.form.has('archive') }
      await switchAccount(ctx, visit.form.get('mailbox') ?? '', wish, visit.actor)
      return `${PATH}?saved=1`
    },
    (problem) => shown(ctx, visit, problem),
  ),
)

export const gmailQueuePages = [queuePage, queueForm]

async function shown(ctx: Ctx, visit: Visit, problem: string | null) {
  const accounts = await inWorkspace(ctx, visit.actor.workspaceId, accountsIn, { reads: true })
  return { title: 'Labels in Gmail', body: view(visit, accounts, problem) }
}

const view = (visit: Visit, accounts: readonly GmailQueueAccount[], problem: string | null) => html`
  <h1>Labels in Gmail</h1>
  ${visit.query.has('saved') && html`<p class="good" role="status">Saved. Gmail follows within some minutes.</p>`}
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  <p>Mails of open work carry Desk/Mine, Desk/Unassigned, Desk/Breaching and the number of their ticket, so that the queue is there in
    Gmail's list, search and phone app. In somebody's own inbox, putting Desk/Mine on or taking Desk/Unassigned off takes the ticket, and
    Desk/Unassigned instead of Desk/Mine gives it back. No other label is ever changed.</p>
  ${visit.actor.role !== 'admin' && html`<p>An admin changes this.</p>`}
  ${accounts.length === 0 && html`<p>No mailbox is connected.</p>`}
  ${accounts.map((account) => section(visit, account))}`

const section = (visit: Visit, { mailboxId, address, kind, labels, archive }: GmailQueueAccount) => html`
  <section aria-label=${address}>
    <h2>${address}</h2>
    <p class="soft">${kind === 'archive' ? 'the archive' : 'an inbox of its own'}</p>
    <form method="post" action=${PATH}>
      ${formToken(visit)}
      <input type="hidden" name="mailbox" value=${mailboxId} />
      <label><input type="checkbox" name="labels" value="on" checked=${labels} /> Labels on open work</label>
      <label><input type="checkbox" name="archive" value="on" checked=${archive} /> Solved work leaves the inbox, and comes back when it is reopened</label>
      <button disabled=${visit.actor.role !== 'admin'}>Save</button>
    </form>
  </section>`
