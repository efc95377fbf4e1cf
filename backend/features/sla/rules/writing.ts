import type { Setting } from '../../../../shared/settings.ts'
import { SlaRules } from '../../../../shared/sla.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { enqueue } from '../../../platform/jobs.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { noteChange } from '../../settings/index.ts'
import { slaRulesWritten } from '../events.ts'
import { REAPPLY } from '../queueing.ts'
import { hasHours } from './defaults.ts'
import { rulesIn } from './loading.ts'

type Written = SlaRules & { version: number }

/** The rules of a workspace, and the version that the next edit must name. */
export async function readRules(tx: Tx): Promise<Written> {
  const { rules, version } = await rulesIn(tx)
  return { ...rules, version }
}

/**
 * Replaces the rules. Open tickets are judged anew by a job.
 * @param version what the editor saw
 * @throws DeskError stale_version, or invalid_request for rules that cannot be kept
 */
export const writeRules = (ctx: Ctx, { version, ...given }: Written, by: Actor): Promise<Written> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const { workspaceId, now } = tx
    await tx.$executeRaw`select from desk.workspace where workspace_id = ${workspaceId}::uuid for no key update`
    const before = await rulesIn(tx)
    if (before.version !== version)
      throw new DeskError(
        'stale_version',
        'Somebody changed the answering times since you opened them. Look at them again, then save yours.',
      )
    const rules = await checkRules(tx, given)
    const row = { rules, version: version + 1, updatedAt: now }
    await tx.slaSetting.upsert({ where: { workspaceId }, create: { ...row, workspaceId }, update: row })
    await noteChanges(ctx, tx, { before: before.rules, after: rules, by })
    await record(tx, [slaRulesWritten({ version: row.version, by })])
    await enqueue(tx, REAPPLY, {}, { key: `${REAPPLY.name}:${tx.workspaceId}` })
    return { ...rules, version: row.version }
  })

/** Rules that can be kept. @throws DeskError invalid_request */
export async function checkRules(tx: Tx, given: SlaRules): Promise<SlaRules> {
  const rules = parsed(given)
  refuseUnkept(rules)
  await refuseUnknown(tx, rules)
  return rules
}

function parsed(given: SlaRules): SlaRules {
  const rules = SlaRules.safeParse(given)
  if (rules.success) return rules.data
  throw new DeskError('invalid_request', rules.error.issues[0]?.message ?? 'These are no rules.')
}

/** Without hours open time never passes, and a target that counts it is never reached. */
function refuseUnkept({ hours, policies }: SlaRules): void {
  const open = policies.find(({ unit, exempt }) => unit === 'business_minutes' && !exempt)
  if (open && !hasHours(hours))
    throw new DeskError(
      'invalid_request',
      `The policy «${open.name}» counts opening hours only, and there are none. Say first when you are open, or let it count every minute.`,
    )
  const ids = policies.map(({ id }) => id)
  if (new Set(ids).size < ids.length) throw new DeskError('invalid_request', 'Two policies have the same id.')
}

/** People and mailboxes that policies name must be of this workspace. */
async function refuseUnknown(tx: Tx, { policies }: SlaRules): Promise<void> {
  const { workspaceId } = tx
  const people = new Set(
    policies.flatMap(({ onBreach: { reassignTo } }) => (reassignTo && reassignTo !== 'nobody' ? reassignTo : [])),
  )
  const mailboxes = new Set(policies.flatMap(({ mailboxIds }) => mailboxIds))
  const staff = await tx.staff.count({ where: { workspaceId, id: { in: [...people] }, state: { not: 'deactivated' } } })
  if (staff < people.size)
    throw new DeskError(
      'invalid_request',
      'A policy gives late tickets to somebody who is not on the staff any more. Choose someone else.',
    )
  const known = await tx.mailbox.count({ where: { workspaceId, id: { in: [...mailboxes] } } })
  if (known < mailboxes.size)
    throw new DeskError('invalid_request', 'A policy names a mailbox that is not there any more.')
}

type Both = { before: SlaRules; after: SlaRules; by: Actor }

async function noteChanges(ctx: Ctx, tx: Tx, { before, after, by }: Both): Promise<void> {
  const box = await ctx.keyring.box(tx)
  const weekOf = ({ timeZone, week }: SlaRules['hours']) => ({ timeZone, week })
  const rulesOf = ({ tiers, policies }: SlaRules) => ({ tiers, policies })
  const changes: [Setting, unknown, unknown][] = [
    ['business_hours', weekOf(before.hours), weekOf(after.hours)],
    ['holidays', before.hours.specialDays, after.hours.specialDays],
    ['sla_policies', rulesOf(before), rulesOf(after)],
  ]
  for (const [setting, was, is] of changes) await noteChange(tx, box, { setting, before: was, after: is, by })
}
