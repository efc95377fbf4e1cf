import { LANGUAGES, type Language } from '../../../shared/settings.ts'
import { isTimeZone } from '../../../shared/zones.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { type Actor, systemOf } from '../../platform/actor.ts'
import { askDirectory } from '../../platform/asking.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { noteChange } from './changes.ts'
import { effectsPauseChanged, workspaceCreated } from './events.ts'

/** A new organisation with its first data key; it has no domain, staff or mailbox yet. */
export async function createWorkspace(ctx: Ctx, name: string): Promise<{ workspaceId: string }> {
  const workspaceId = newId()
  await inWorkspace(ctx, workspaceId, async (tx) => {
    await tx.$executeRaw`select app.add_workspace(${tx.now})`
    await tx.workspace.create({ data: { workspaceId, name, createdAt: tx.now } })
    await ctx.keyring.create(tx)
    await record(tx, [workspaceCreated({ by: systemOf(workspaceId) })])
  })
  return { workspaceId }
}

export type WorkspaceWords = { name: string; timeZone: string; languages: readonly string[] }

/** @throws DeskError invalid_request for a zone or a language that nobody knows */
export const describeWorkspace = (ctx: Ctx, workspaceId: string, words: WorkspaceWords, by: Who): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const after = checked(words)
    await requireZone(tx, after.timeZone)
    const { name, timeZone, languages } = await tx.workspace.findUniqueOrThrow({ where: { workspaceId } })
    await tx.workspace.update({ where: { workspaceId }, data: after })
    const before = { name, timeZone, languages }
    await noteChange(tx, await ctx.keyring.box(tx), { setting: 'workspace', before, after, by })
  })

type Who = Pick<Actor, 'kind' | 'id'>

const NAME = 80

function checked({ name, timeZone, languages }: WorkspaceWords): {
  name: string
  timeZone: string
  languages: Language[]
} {
  const trimmed = name.trim()
  if (trimmed === '' || trimmed.length > NAME)
    throw new DeskError('invalid_request', `A workspace has a name of 1 to ${NAME} characters.`)
  const known = [...new Set(languages)].filter((code): code is Language => code in LANGUAGES)
  if (known.length === 0) throw new DeskError('invalid_request', 'Choose one language at least.')
  return { name: trimmed, timeZone: timeZone.trim(), languages: known }
}

/** Every name that the IANA gives or gave, as it was typed: days are told by it here and in the database, so both have to know it. */
async function requireZone(tx: Tx, timeZone: string): Promise<void> {
  const known = isTimeZone(timeZone)
    ? await tx.$queryRaw<unknown[]>`select 1 from pg_timezone_names where lower(name) = lower(${timeZone})`
    : []
  if (known.length === 0)
    throw new DeskError('invalid_request', `«${timeZone}» is no time zone. Choose one like Europe/Berlin.`)
}

/** Stops or resumes every write of this workspace to another system. */
export const pauseEffects = (ctx: Ctx, workspaceId: string, paused: boolean): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    await tx.workspace.update({ where: { workspaceId }, data: { effectsPaused: paused } })
    await record(tx, [effectsPauseChanged({ paused, by: systemOf(workspaceId) })])
  })

/** The workspace that a domain is routed to. */
export async function workspaceOfDomain(ctx: Pick<Ctx, 'pool'>, domain: string): Promise<string | null> {
  const sql = Prisma.sql`select app.workspace_of_domain(${domain.toLowerCase()})::text as id`
  const [row] = await askDirectory<{ id: string | null }>(ctx, sql)
  return row?.id ?? null
}

/** The time zone of the workspace, an IANA name; UTC until an admin chooses one. */
export async function zoneOf(tx: Tx): Promise<string> {
  const { workspaceId } = tx
  const { timeZone } = await tx.workspace.findUniqueOrThrow({ where: { workspaceId }, select: { timeZone: true } })
  return timeZone
}
