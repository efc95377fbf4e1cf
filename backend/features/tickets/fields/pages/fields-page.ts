import type { CustomField } from '../../../../../shared/fields.ts'
import { LEADS } from '../../../../../shared/roles.ts'
import { html } from '../../../../platform/html.ts'
import { inWorkspace } from '../../../../platform/tenancy.ts'
import { definitionsIn } from '../../../fields/index.ts'
import { page, type Visit } from '../../../settings/index.ts'
import { type CategoryLabels, labelsIn } from '../../categories/categories.ts'
import { KIND_WORDS } from './words.ts'

export const PATH = '/settings/fields'

export const fieldsPage = page(
  PATH,
  LEADS,
  async (ctx, visit) => {
    const stored = await inWorkspace(
      ctx,
      visit.actor.workspaceId,
      async (tx) => ({ fields: await definitionsIn(tx), labels: await labelsIn(tx) }),
      { reads: true },
    )
    return { title: 'Custom fields', body: view(visit, stored) }
  },
  { word: 'Custom fields', group: 'Work' },
)

type Stored = { fields: readonly CustomField[]; labels: CategoryLabels }

const view = (visit: Visit, stored: Stored) => html`
  <h1>Custom fields</h1>
  ${visit.query.has('saved') && html`<p class="good" role="status">Saved. It counts from now on.</p>`}
  <p>What your desk wants to know of tickets and customers besides their mail. Agents fill it in on the ticket, behind «Fields».</p>
  ${visit.actor.role === 'admin' && html`<p class="row"><a href=${`${PATH}/new`}>New field of tickets</a> <a href=${`${PATH}/new?about=customer`}>New field of customers</a></p>`}
  ${table('Of tickets', 'ticket', stored)}
  ${table('Of customers', 'customer', stored)}`

function table(title: string, about: CustomField['about'], { fields, labels }: Stored) {
  const rows = fields.filter((field) => field.about === about)
  if (rows.length === 0) return html`<h2>${title}</h2><p class="soft">None yet.</p>`
  return html`
    <h2>${title}</h2>
    <div class="scroll"><table>
      <thead><tr><th>Name</th><th>Kind</th><th>Where</th><th>Needed</th></tr></thead>
      <tbody>${rows.map(
        ({ id, label, kind, categories, required, retired }) => html`
        <tr><td><a href=${`${PATH}/change/${id}`}>${label}</a></td><td>${KIND_WORDS[kind]}</td>
          <td>${categories.map((id) => labels.get(id) ?? id).join(', ') || 'everywhere'}</td><td>${retired ? 'retired' : required ? 'before solving' : 'no'}</td></tr>`,
      )}</tbody>
    </table></div>`
}
