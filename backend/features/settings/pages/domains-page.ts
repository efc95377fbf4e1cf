import { ADMINS } from '../../../../shared/roles.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { workspaceIn } from '../overview.ts'
import { page } from './page.ts'

/** Shown, not changed: who owns a domain is proved to whoever runs the desk. */
export const domainsPage = page(
  '/settings/domains',
  ADMINS,
  async (ctx, { actor }) => {
    const { domains } = await inWorkspace(ctx, actor.workspaceId, workspaceIn, { reads: true })
    return { title: 'Domains', body: view(domains) }
  },
  { word: 'Domains', group: 'Desk' },
)

const view = (domains: readonly string[]) => html`
  <h1>Domains</h1>
  <section>
    <p>People of these Google Workspace domains may be invited.</p>
    <ul>${domains.map((domain) => html`<li>${domain}</li>`)}</ul>
    <p class="soft">Whoever runs this desk adds and removes domains, because nobody may take a domain that is not theirs.</p>
  </section>`
