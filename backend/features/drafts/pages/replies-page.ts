import { MacroActs, type SavedReply, SavedReplyInput } from '../../../../shared/drafts.ts'
import { PEOPLE_AT_WORK } from '../../../../shared/roles.ts'
import { LANGUAGES } from '../../../../shared/settings.ts'
import { TICKET_PRIORITIES } from '../../../../shared/tickets.ts'
import type { Category } from '../../../../shared/triage.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { newId } from '../../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { formToken, orShowAgain, page, submission, type Visit } from '../../settings/index.ts'
import { type CategoryLabels, categoriesIn, labelsIn } from '../../tickets/index.ts'
import { SENDING_WORDS } from '../saved/cards.ts'
import { fillIn, VARIABLES } from '../saved/filling.ts'
import { peopleAtWork } from '../saved/people.ts'
import { remove, savedRepliesOf, savedReplyIn, write } from '../saved/replies.ts'

const PATH = '/settings/replies'
const ONE = `${PATH}/:replyId`

type Fields = Record<string, string>

export const repliesPage = page(
  PATH,
  PEOPLE_AT_WORK,
  async (ctx, visit) => {
    const { actor } = visit
    const saved = await inWorkspace(ctx, actor.workspaceId, (tx) => savedRepliesOf(tx, actor.id), { reads: true })
    return { title: 'Saved replies', body: listView(visit, saved, newId(ctx.clock.now())) }
  },
  { word: 'Saved replies and macros', group: 'Answers' },
)

export const replyPage = page(ONE, PEOPLE_AT_WORK, async (ctx, visit) => {
  const { actor, params } = visit
  const { saved, choices } = await inWorkspace(
    ctx,
    actor.workspaceId,
    async (tx) => ({
      saved: isNew(visit) ? null : await savedReplyIn(tx, params['replyId'] ?? '', actor.id),
      choices: await choicesIn(tx),
    }),
    { reads: true },
  )
  const body = formView(visit, { fields: saved ? fieldsOf(saved) : {}, ...choices, problem: null })
  return { title: saved?.title ?? 'A new saved reply', body }
})

export const replyForm = submission(ONE, PEOPLE_AT_WORK, (ctx: Ctx, visit) => {
  const id = visit.params['replyId'] ?? ''
  const fields = Object.fromEntries([...visit.form].map(([name, value]) => [name, value.trim()]))
  return orShowAgain(
    async () => {
      if (fields['act'] === 'remove') await remove(ctx, id, visit.actor)
      else await write(ctx, id, typed(fields), visit.actor)
      return `${PATH}?saved=1`
    },
    async (problem) => {
      const choices = await inWorkspace(ctx, visit.actor.workspaceId, choicesIn, { reads: true })
      return { title: 'Saved reply', body: formView(visit, { fields, ...choices, problem }) }
    },
  )
})

const choicesIn = async (tx: Tx): Promise<Choices> => ({
  people: await peopleAtWork(tx),
  categories: await categoriesIn(tx),
  labels: await labelsIn(tx),
})

/** What was chosen stays in the list, also when it is retired since. */
const offered = ({ categories, labels }: Choices, chosen: string) => {
  const live = categories.flatMap(({ id, retired }) => (retired && id !== chosen ? [] : [id]))
  const all = chosen === '' || live.includes(chosen) ? live : [...live, chosen]
  return all.map((id) => [id, labels.get(id) ?? id] as const)
}

const isNew = ({ query }: Visit): boolean => query.has('new')

const fieldsOf = ({ title, text, variants, acts, scope }: SavedReply): Fields => ({
  title,
  text,
  scope,
  ...Object.fromEntries(Object.entries(variants).map(([language, words]) => [`text-${language}`, words ?? ''])),
  sending: acts.sending ?? '',
  priority: acts.priority ?? '',
  category: acts.category ?? '',
  tags: (acts.tags ?? []).join(', '),
  assign: acts.take ? 'me' : (acts.assigneeId ?? ''),
})

/** @throws DeskError invalid_request that says which field is wrong */
function typed(fields: Fields): SavedReplyInput {
  const tags = (fields['tags'] ?? '')
    .split(',')
    .map((tag) => tag.trim())
    .filter(Boolean)
  const acts = MacroActs.safeParse({
    ...chosen(fields, 'sending'),
    ...chosen(fields, 'priority'),
    ...chosen(fields, 'category'),
    ...(tags.length > 0 && { tags }),
    ...(fields['assign'] === 'me' ? { take: true } : fields['assign'] && { assigneeId: fields['assign'] }),
  })
  const variants = Object.keys(LANGUAGES).flatMap((language) => {
    const text = fields[`text-${language}`] ?? ''
    return text === '' ? [] : [[language, text] as const]
  })
  const { title, text, scope } = fields
  const input = SavedReplyInput.safeParse({
    title,
    text,
    scope,
    variants: Object.fromEntries(variants),
    acts: acts.data ?? {},
  })
  if (!acts.success) throw new DeskError('invalid_request', 'Tags: 20 at most, 40 characters each.')
  if (!input.success)
    throw new DeskError('invalid_request', 'A saved reply needs a title (80 characters at most) and a text.')
  return input.data
}

const chosen = (fields: Fields, name: string) => (fields[name] ? { [name]: fields[name] } : {})

const listView = (visit: Visit, saved: readonly SavedReply[], freshId: string) => html`
  <h1>Saved replies and macros</h1>
  ${visit.query.has('saved') && html`<p class="good" role="status">Saved.</p>`}
  <p class="row"><a href=${`${PATH}/${freshId}?new=1`}>Write a new one</a> <a href="/settings/templates">Your signature</a></p>
  ${saved.length === 0 && html`<p>There are none yet.</p>`}
  <div class="scroll"><table>
    <thead><tr><th>Title</th><th>Whose</th><th>Does</th><th class="number">Used</th></tr></thead>
    <tbody>${saved.map(
      ({ id, title, scope, acts, used }) => html`
      <tr><td><a href=${`${PATH}/${id}`}>${title}</a></td><td>${scope === 'own' ? 'yours' : 'everybody’s'}</td>
        <td>${Object.keys(acts).length > 0 ? 'text and acts' : 'text'}</td><td class="number">${used}</td></tr>`,
    )}</tbody>
  </table></div>`

const SAMPLE = {
  customer: 'Ada Lovell',
  first_name: 'Ada',
  ticket: 'TKT-000042',
  subject: 'Broken jar',
  order: '#1042',
  tracking: 'JD0002',
}

type Choices = {
  people: readonly { id: string; name: string }[]
  categories: readonly Category[]
  labels: CategoryLabels
}
type Shown = Choices & { fields: Fields; problem: string | null }

const formView = (visit: Visit, { fields, problem, ...choices }: Shown) => html`
  <p><a href=${PATH}>Saved replies and macros</a></p>
  <h1>${isNew(visit) ? 'A new saved reply' : 'Saved reply'}</h1>
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  <form method="post" action=${`${PATH}/${visit.params['replyId']}${isNew(visit) ? '?new=1' : ''}`}>
    ${formToken(visit)}
    <section>
      <label>Title<input name="title" maxlength="80" autocomplete="off" value=${fields['title'] ?? ''} /></label>
      <label>Text<small>${Object.entries(VARIABLES)
        .map(([name, words]) => `{${name}}: ${words}`)
        .join(' · ')}</small>
        <textarea name="text" rows="8">${fields['text'] ?? ''}</textarea></label>
      <label>For<select name="scope">
        <option value="workspace" selected=${fields['scope'] !== 'own'}>everybody</option>
        <option value="own" selected=${fields['scope'] === 'own' || visit.actor.role === 'agent'}>me alone</option>
      </select></label>
    </section>
    <section>
      <h2>Also, in the same press</h2>
      ${select('sending', 'When it is sent', fields, Object.entries(SENDING_WORDS))}
      ${select(
        'priority',
        'Priority',
        fields,
        TICKET_PRIORITIES.map((each) => [each, each] as const),
      )}
      ${select('category', 'Category', fields, offered(choices, fields['category'] ?? ''))}
      <label>Tags<small>with commas between them</small><input name="tags" autocomplete="off" value=${fields['tags'] ?? ''} /></label>
      ${select('assign', 'Give the ticket to', fields, [['me', 'whoever presses'], ...choices.people.map(({ id, name }) => [id, name] as const)])}
    </section>
    <details><summary>Other languages</summary>
      ${Object.entries(LANGUAGES).map(
        ([code, name]) =>
          html`<label>${name}<textarea name=${`text-${code}`} rows="4">${fields[`text-${code}`] ?? ''}</textarea></label>`,
      )}
    </details>
    <button name="act" value="save">Save</button>
    ${!isNew(visit) && html` <button class="second" name="act" value="remove">Remove</button>`}
  </form>
  ${fields['text'] && html`<section aria-label="Preview"><h2>Preview</h2><pre>${fillIn(fields['text'], { ...SAMPLE, agent: visit.actor.name })}</pre></section>`}`

const select = (name: string, label: string, fields: Fields, choices: readonly (readonly [string, string])[]) => html`
  <label>${label}<select name=${name}>
    <option value="" selected=${!fields[name]}>leave it</option>
    ${choices.map(([value, words]) => html`<option value=${value} selected=${fields[name] === value}>${words}</option>`)}
  </select></label>`
