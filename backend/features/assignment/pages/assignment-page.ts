import { type AgentStanding, ASSIGNMENT_MODES, AssignmentSettings } from '../../../../shared/assignment.ts'
import { ClaimSettings } from '../../../../shared/claims.ts'
import { ADMINS, LEADS } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { claimSettingsIn, writeClaimSettingsIn } from '../../claims/index.ts'
import { formToken, orShowAgain, page, submission, type Visit } from '../../settings/index.ts'
import { type CategoryLabels, labelsIn } from '../../tickets/index.ts'
import { assignmentSettingsIn, writeAssignmentSettingsIn } from '../settings.ts'
import { agentsIn } from '../standing.ts'
import { MODE_WORDS, skillWords, standingWords } from '../words.ts'

const PATH = '/settings/assignment'

/** The fields of the form as text. */
type Fields = { mode: string; capacity: string; sameAgent: boolean; minutes: string }
type Told = { fields: Fields | null; problem: string | null }

export const assignmentPage = page(PATH, LEADS, (ctx, visit) => shown(ctx, visit, { fields: null, problem: null }), {
  word: 'Assignment',
  group: 'Work',
})

export const assignmentForm = submission(PATH, ADMINS, (ctx, visit) => {
  const fields = typed(visit.form)
  return orShowAgain(
    async () => {
      await save(ctx, visit, fields)
      return `${PATH}?saved=1`
    },
    (problem) => shown(ctx, visit, { fields, problem }),
  )
})

const typed = (form: URLSearchParams): Fields => ({
  mode: form.get('mode') ?? '',
  capacity: (form.get('capacity') ?? '').trim(),
  sameAgent: form.has('sameAgent'),
  minutes: (form.get('minutes') ?? '').trim(),
})

/** @throws DeskError invalid_request for what is no setting */
async function save(ctx: Ctx, { actor }: Visit, fields: Fields): Promise<void> {
  const settings = AssignmentSettings.safeParse({ ...fields, capacity: wholeNumber(fields.capacity) })
  if (!settings.success)
    throw new DeskError('invalid_request', 'Tickets of one person: write a whole number, 1 to 500.')
  const claims = ClaimSettings.safeParse({ minutes: wholeNumber(fields.minutes) })
  if (!claims.success) throw new DeskError('invalid_request', 'Minutes of a claim: write a whole number, 1 to 120.')
  await inWorkspace(ctx, actor.workspaceId, async (tx) => {
    const box = await ctx.keyring.box(tx)
    await writeAssignmentSettingsIn(tx, box, settings.data, actor)
    await writeClaimSettingsIn(tx, box, claims.data, actor)
  })
}

const wholeNumber = (text: string): number | null => (/^\d{1,4}$/.test(text) ? Number(text) : null)

async function shown(ctx: Ctx, visit: Visit, { fields, problem }: Told) {
  const facts = await inWorkspace(
    ctx,
    visit.actor.workspaceId,
    async (tx) => ({
      assignment: await assignmentSettingsIn(tx),
      claims: await claimSettingsIn(tx),
      agents: await agentsIn(tx),
      labels: await labelsIn(tx),
    }),
    { reads: true },
  )
  const { mode, capacity, sameAgent } = facts.assignment
  const stored = { mode, capacity: String(capacity), sameAgent, minutes: String(facts.claims.minutes) }
  return { title: 'Assignment', body: view(visit, fields ?? stored, { problem, ...facts }) }
}

const view = (
  visit: Visit,
  fields: Fields,
  { problem, agents, labels }: { problem: string | null; agents: AgentStanding[]; labels: CategoryLabels },
) => html`
  <h1>Assignment</h1>
  ${visit.query.has('saved') && html`<p class="good" role="status">Saved. It counts from now on.</p>`}
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  ${visit.actor.role === 'admin' ? settingsForm(visit, fields) : html`<p>Tickets are given: ${MODE_WORDS[fields.mode as keyof typeof MODE_WORDS]}. An admin changes that.</p>`}
  <h2>People</h2>
  <section aria-label="People"><ul>${agents.map((agent) => personLine(agent, labels))}</ul></section>`

const settingsForm = (visit: Visit, { mode, capacity, sameAgent, minutes }: Fields) => html`
  <form method="post" action=${PATH}>
    ${formToken(visit)}
    <section>
      <label>How tickets that nobody has find somebody
        <select name="mode">${ASSIGNMENT_MODES.map(
          (each) => html`<option value=${each} selected=${each === mode}>${MODE_WORDS[each]}</option>`,
        )}</select></label>
      <label>Tickets of one person at most<small>whose customer waits; who has as many is given no more</small>
        <input name="capacity" inputmode="numeric" autocomplete="off" value=${capacity} /></label>
      <label><input type="checkbox" name="sameAgent" checked=${sameAgent} /> A customer who comes back within 30 days gets the same person</label>
    </section>
    <section>
      <label>Minutes that a claim lives<small>after the last thing that somebody did on the ticket</small>
        <input name="minutes" inputmode="numeric" autocomplete="off" value=${minutes} /></label>
    </section>
    <button>Save</button>
  </form>`

const personLine = ({ staff, load, capacity, skills, ...standing }: AgentStanding, labels: CategoryLabels) => html`
  <li><a href=${`${PATH}/people/${staff.id}`}>${staff.name}</a>
    <br /><span class="soft">${standingWords(standing).toLowerCase()} · ${load} of ${capacity} · ${skillWords(skills, labels)}</span></li>`
