import { z } from 'zod'
import { Day } from '../../../../shared/days.ts'
import { ADMINS, LEADS, STAFF_ROLES, type StaffRole } from '../../../../shared/roles.ts'
import type { StaffMember } from '../../../../shared/settings.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { changeRole, deactivateStaff, inviteStaff, reactivateStaff, staffOf } from '../staff.ts'
import { setStartDay, startDaysOf } from '../start-days.ts'
import { formToken } from './frame.ts'
import { type PageAnswer, page, submission, type Visit } from './page.ts'
import { orShowAgain } from './refusing.ts'

const PATH = '/settings/staff'

export const staffPage = page(
  PATH,
  LEADS,
  (ctx, visit) => shown(ctx, visit, { done: DONE[visit.query.get('done') ?? ''] ?? null }),
  {
    word: 'Staff',
    group: 'Desk',
  },
)

/** The person is bound to their Google account when they first open the add-on. */
export const invitationForm = submission(PATH, ADMINS, (ctx, visit) =>
  acted(ctx, visit, async (workspaceId) => {
    const { form, actor } = visit
    const email = (form.get('email') ?? '').trim()
    const name = (form.get('name') ?? '').trim()
    if (!z.email().safeParse(email).success)
      throw new DeskError('invalid_request', `${email || 'Nothing'} is not a mail address.`)
    if (name === '' || name.length > 80)
      throw new DeskError('invalid_request', 'Write a name of 1 to 80 characters, as colleagues read it.')
    await inviteStaff(ctx, workspaceId, { email, name, role: roleIn(form) }, actor)
    return 'invited'
  }),
)

export const roleForm = submission(`${PATH}/role`, ADMINS, (ctx, visit) =>
  acted(ctx, visit, async (workspaceId) => {
    await changeRole(ctx, workspaceId, emailIn(visit), roleIn(visit.form), visit.actor)
    return 'role'
  }),
)

export const accessForm = submission(`${PATH}/access`, ADMINS, (ctx, visit) =>
  acted(ctx, visit, async (workspaceId) => {
    const ends = visit.form.get('access') === 'end'
    await (ends ? deactivateStaff : reactivateStaff)(ctx, workspaceId, emailIn(visit), visit.actor)
    return ends ? 'out' : 'in'
  }),
)

export const startForm = submission(`${PATH}/start`, ADMINS, (ctx, visit) =>
  acted(ctx, visit, async () => {
    const day = (visit.form.get('startedOn') ?? '').trim()
    if (day !== '' && !Day.safeParse(day).success)
      throw new DeskError('invalid_request', `${day} is no day. Write one like 2026-11-23.`)
    await setStartDay(ctx, visit.form.get('staffId') ?? '', day || null, visit.actor)
    return 'start'
  }),
)

const emailIn = ({ form }: Visit) => form.get('email') ?? ''

function roleIn(form: URLSearchParams): StaffRole {
  const role = z.enum(STAFF_ROLES).safeParse(form.get('role'))
  if (!role.success) throw new DeskError('invalid_request', 'Choose a role.')
  return role.data
}

const DONE: Record<string, string> = {
  invited: 'Invited. Nothing was mailed: tell them to open the add-on.',
  role: 'The new role counts from now on.',
  out: 'Their access has ended, and their open tickets go back.',
  in: 'They may work here again.',
  start: 'Saved. Nobody has shifts before their first day.',
}

/** @param act returns which of the words above say what it did */
const acted = (ctx: Ctx, visit: Visit, act: (workspaceId: string) => Promise<string>): Promise<PageAnswer> =>
  orShowAgain(
    async () => `${PATH}?${new URLSearchParams({ done: await act(visit.actor.workspaceId) })}`,
    (problem) => shown(ctx, visit, { done: null, problem }),
  )

type Told = { done: string | null; problem?: string }

async function shown(ctx: Ctx, visit: Visit, told: Told) {
  const people = await inWorkspace(
    ctx,
    visit.actor.workspaceId,
    async (tx) => {
      const starts = await startDaysOf(tx)
      return (await staffOf(tx)).map((person) => ({ ...person, startedOn: starts.get(person.id) ?? null }))
    },
    { reads: true },
  )
  return { title: 'Staff', body: view(visit, people, told) }
}

type Member = StaffMember & { startedOn: string | null }

const view = (visit: Visit, staff: readonly Member[], { done, problem }: Told) => html`
  <h1>Staff</h1>
  ${done && html`<p class="good" role="status">${done}</p>`}
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  ${staff.map((person) => section(visit, person))}
  ${visit.actor.role === 'admin' && invitation(visit)}`

const STATE_WORDS = { invited: 'invited, not yet here', active: 'at work', deactivated: 'has left' } as const

const section = (visit: Visit, person: Member) => html`
  <section aria-label=${person.email}>
    <h2>${person.name}</h2>
    <p>${person.email} <span class="soft">(${person.role}, ${STATE_WORDS[person.state]}${person.startedOn && `, first day ${person.startedOn}`})</span></p>
    ${visit.actor.role === 'admin' && forms(visit, person)}
  </section>`

const forms = (visit: Visit, { id, name, email, role, state, startedOn }: Member) => {
  const whose = html`${formToken(visit)}<input type="hidden" name="email" value=${email} />`
  if (state === 'deactivated')
    return html`<form method="post" action=${`${PATH}/access`}>${whose}
      <button class="second" name="access" value="give">Let in again</button></form>`
  return html`
    <form method="post" action=${`${PATH}/role`}>${whose}${roles(role)}<button class="second">Change role</button></form>
    <form method="post" action=${`${PATH}/start`}>${formToken(visit)}<input type="hidden" name="staffId" value=${id} />
      <label>First day at work<small>${name} has no shifts before it; empty is not known</small>
        <input type="date" name="startedOn" value=${startedOn ?? ''} /></label>
      <button class="second">Save the first day</button></form>
    <form method="post" action=${`${PATH}/access`}>${whose}
      <button class="quiet" name="access" value="end">End access</button></form>`
}

const roles = (chosen: string) => html`
  <label>Role<select name="role">${STAFF_ROLES.map(
    (role) => html`<option selected=${role === chosen}>${role}</option>`,
  )}</select></label>`

/** A refused invitation keeps what was typed. */
const invitation = (visit: Visit) => {
  const typed = (name: string) => (visit.form.has('name') ? (visit.form.get(name) ?? '') : '')
  return html`
    <section aria-label="Invite somebody"><h2>Invite somebody</h2>
      <form method="post" action=${PATH}>
        ${formToken(visit)}
        <label>Address<small>in a domain of this workspace</small>
          <input name="email" type="email" required value=${typed('email')} /></label>
        <label>Name<input name="name" maxlength="80" required value=${typed('name')} /></label>
        ${roles(typed('role') || 'agent')}
        <button>Invite</button>
      </form>
    </section>`
}
