import type { Ctx } from '../../context.ts'
import { staffOf } from '../../features/settings/index.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import type { KnownWorkspace } from '../choosing.ts'
import { type Check, note, ok, problem, several } from './check.ts'

const NAMED = 5

/** Whether the workspace may act, and whether anybody can sign in. */
export async function checkWorkspace(ctx: Ctx, { id, effectsPaused, domains }: KnownWorkspace): Promise<Check[]> {
  const staff = await inWorkspace(ctx, id, staffOf, { reads: true })
  const invited = staff.filter(({ state }) => state === 'invited')
  const active = staff.filter(({ state }) => state === 'active')
  const checks: Check[] = []
  if (effectsPaused)
    checks.push(problem('effects', 'This workspace is paused: replies wait.', 'npm run admin -- workspace resume ID'))
  if (domains.length === 0)
    checks.push(problem('domains', 'No domain: nobody can sign in.', 'npm run admin -- domain add example.com'))
  if (invited.length + active.length === 0)
    checks.push(
      problem('staff', 'Nobody is on the staff.', 'npm run admin -- staff invite you@example.com --role admin'),
    )
  if (active.length > 0)
    checks.push(ok('staff', `${several(active.length, 'person')} signed in`.replace('persons', 'people')))
  if (invited.length > 0)
    checks.push(
      neverSignedIn(
        invited.map(({ email }) => email),
        active.length,
      ),
    )
  return checks
}

function neverSignedIn(emails: string[], active: number): Check {
  const names = emails.slice(0, NAMED).join(', ') + (emails.length > NAMED ? ' and others' : '')
  const nobody = ' If it refuses them, compare ADDON_AUDIENCES with the client id of the script.'
  return note('staff', `Never signed in: ${names}.`, `They open the add-on in Gmail once.${active === 0 ? nobody : ''}`)
}
