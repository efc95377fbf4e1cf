import { type AgentStanding, Skills } from '../../../../shared/assignment.ts'
import { LEADS } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { formToken, orShowAgain, page, submission, type Visit } from '../../settings/index.ts'
import { type CategoryLabels, labelsIn } from '../../tickets/index.ts'
import { agentIn, sayAvailable, saySkills } from '../profiles.ts'
import { standingWords } from '../words.ts'

const PATH = '/settings/assignment/people/:staffId'

/** The fields of the form as text: words with commas between them. Each category is a box of its own. */
type Fields = Record<'capacity' | 'categories' | 'languages' | 'tags', string>
type Told = { fields: Fields | null; problem: string | null }

export const personPage = page(PATH, LEADS, (ctx, visit) => shown(ctx, visit, { fields: null, problem: null }))

export const skillsForm = submission(PATH, LEADS, (ctx, visit) => {
  const fields = typed(visit.form)
  return orShowAgain(
    async () => {
      await saySkills(ctx, idIn(visit), skillsIn(fields), visit.actor)
      return `${pathOf(visit)}?saved=1`
    },
    (problem) => shown(ctx, visit, { fields, problem }),
  )
})

export const availabilityForm = submission(`${PATH}/availability`, LEADS, async (ctx, visit) => {
  const to = visit.form.get('to')
  await sayAvailable(ctx, idIn(visit), { available: to === 'here', handBack: to === 'hand_back' }, visit.actor)
  return { goTo: `${pathOf(visit)}?saved=1` }
})

const BOX = 'category-'

const idIn = ({ params }: Visit): string => params['staffId'] ?? ''
const pathOf = (visit: Visit): string => PATH.replace(':staffId', idIn(visit))

const typed = (form: URLSearchParams): Fields => {
  const text = (name: string) => (form.get(name) ?? '').trim()
  return {
    capacity: text('capacity'),
    categories: [...form.keys()]
      .filter((name) => name.startsWith(BOX))
      .map((name) => name.slice(BOX.length))
      .join(','),
    languages: text('languages'),
    tags: text('tags'),
  }
}

/** @throws DeskError invalid_request for what cannot be meant */
function skillsIn({ capacity, categories, languages, tags }: Fields): Skills {
  if (!/^\d{0,3}$/.test(capacity))
    throw new DeskError(
      'invalid_request',
      'Tickets at most: write a whole number up to 500, or nothing for the workspace’s.',
    )
  const skills = Skills.safeParse({
    capacity: capacity === '' ? null : Number(capacity),
    categories: wordsIn(categories),
    languages: wordsIn(languages),
    tags: wordsIn(tags),
  })
  if (skills.success) return skills.data
  const [issue] = skills.error.issues
  throw new DeskError('invalid_request', `${FIELD_WORDS[String(issue?.path[0])] ?? 'A field'}: ${issue?.message ?? ''}`)
}

const FIELD_WORDS: Record<string, string> = {
  capacity: 'Tickets at most',
  categories: 'Categories',
  languages: 'Languages',
  tags: 'Tags',
}

const wordsIn = (text: string): string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')

async function shown(ctx: Ctx, visit: Visit, told: Told) {
  const { agent, labels } = await inWorkspace(
    ctx,
    visit.actor.workspaceId,
    async (tx) => ({ agent: await agentIn(tx, idIn(visit)), labels: await labelsIn(tx) }),
    { reads: true },
  )
  return { title: `What ${agent.staff.name} takes`, body: view(visit, { agent, labels }, told) }
}

const fieldsOf = ({ skills: { capacity, categories, languages, tags } }: AgentStanding): Fields => ({
  capacity: capacity === null ? '' : String(capacity),
  categories: categories.join(', '),
  languages: languages.join(', '),
  tags: tags.join(', '),
})

const view = (
  visit: Visit,
  { agent, labels }: { agent: AgentStanding; labels: CategoryLabels },
  { fields, problem }: Told,
) => {
  const held = fields ?? fieldsOf(agent)
  const field = (name: keyof Fields, label: string, hint: string) => html`
    <label>${label}<small>${hint}</small><input name=${name} autocomplete="off" value=${held[name]} /></label>`
  return html`
    <p><a href="/settings/assignment">Assignment</a></p>
    <h1>What ${agent.staff.name} takes</h1>
    ${visit.query.has('saved') && html`<p class="good" role="status">Saved. It counts from now on.</p>`}
    ${problem && html`<p class="bad" role="alert">${problem}</p>`}
    <form method="post" action=${pathOf(visit)}>
      ${formToken(visit)}
      <section>
        <fieldset><legend>Categories</legend><p class="soft">None ticked is every category.</p>
          ${[...labels].map(([id, label]) => html`<label><input type="checkbox" name=${BOX + id} checked=${wordsIn(held.categories).includes(id)} /> ${label}</label>`)}
        </fieldset>
        ${field('languages', 'Languages', 'two letters like de, with commas between them; nothing takes every language')}
        ${field('tags', 'Tags', 'tickets with such a tag go only to who lists it here')}
        ${field('capacity', 'Tickets at most', `nothing is as for everybody: ${agent.capacity}; 0 is given nothing`)}
      </section>
      <button>Save</button>
    </form>
    <h2>${standingWords(agent)}</h2>
    <section aria-label="Availability">
      <p>Customers who wait for ${agent.staff.name}: ${agent.load}.</p>
      <form method="post" action=${`${pathOf(visit)}/availability`}>
        ${formToken(visit)}
        <p><button name="to" value=${agent.available ? 'away' : 'here'} class="second">${agent.available ? 'Set away' : 'Set available'}</button></p>
        <p><button name="to" value="hand_back" class="second">Set away, and hand back what waits</button></p>
      </form>
    </section>`
}
