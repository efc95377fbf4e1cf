import type { StaffRole } from '../../../shared/roles.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Actor, StaffActor } from '../../platform/actor.ts'
import { askWorkspace } from '../../platform/asking.ts'
import type { GoogleIdentity } from '../../platform/authenticate.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { emailKey } from './addresses.ts'
import { looksLikeApiKey } from './api-keys.ts'
import { staffSignedIn } from './events.ts'
import { keyActor } from './key-actors.ts'
import { workspaceOfDomain } from './workspaces.ts'

type Headers = { header(name: string): string | undefined }

/** Who calls the API: a person by Google's identity token, or a key. */
export async function authenticate(ctx: Ctx, request: Headers): Promise<Actor> {
  const [scheme, token = ''] = (request.header('authorization') ?? '').split(' ')
  if (scheme?.toLowerCase() !== 'bearer' || token === '')
    throw new DeskError('unauthenticated', 'Say who you are: Authorization: Bearer <Google identity token or API key>.')
  if (looksLikeApiKey(token)) return keyActor(ctx, token)
  refuseOldAddon(ctx, request.header('x-sidedesk-addon'))
  return staffActor(ctx, await ctx.googleTokens.identity(token))
}

function refuseOldAddon(ctx: Ctx, version: string | undefined): void {
  if (version === undefined) return
  if (!/^\d{1,6}(\.\d{1,6}){2}$/.test(version) || isOlder(version, ctx.config.addon.minVersion))
    throw new DeskError(
      'addon_outdated',
      `This add-on (${version.slice(0, 30)}) is too old for the desk; it needs ${ctx.config.addon.minVersion} or newer. Ask your admin to update it.`,
    )
}

/** Compares versions of three numbers. */
export function isOlder(version: string, than: string): boolean {
  const [left, right] = [version, than].map((text) => text.split('.').map(Number))
  const differs = [0, 1, 2].find((place) => left?.[place] !== right?.[place])
  return differs !== undefined && (left?.[differs] ?? 0) < (right?.[differs] ?? 0)
}

/**
 * Who of the staff a Google account is; the first time it is bound to whoever was invited by its address.
 * @throws DeskError unauthenticated for a domain without a desk, unknown_staff for somebody who is not on its staff
 */
export async function staffActor(ctx: Ctx, identity: GoogleIdentity): Promise<StaffActor> {
  const workspaceId = await workspaceOfDomain(ctx, identity.domain)
  if (!workspaceId) throw new DeskError('unauthenticated', `Sidedesk is not set up for ${identity.domain}.`)
  const known = await knownBySub(ctx, workspaceId, identity.sub)
  const staff = known ?? (await inWorkspace(ctx, workspaceId, (tx) => bind(tx, identity)))
  if (!staff || staff.state === 'deactivated') throw await withoutRole(ctx, workspaceId, staff?.state === 'deactivated')
  return { kind: 'staff', id: staff.id, workspaceId, name: staff.name, role: staff.role as StaffRole }
}

type SignedIn = { id: string; name: string; role: string; state: string }

/** Asked with every request, so that someone who left is out at once. */
async function knownBySub(ctx: Ctx, workspaceId: string, sub: string): Promise<SignedIn | null> {
  const sql = Prisma.sql`select id::text, name, role, state from desk.staff where workspace_id = ${workspaceId}::uuid and google_sub = ${sub}`
  const [staff] = await askWorkspace<SignedIn>(ctx, workspaceId, sql)
  return staff ?? null
}

const bySub = (tx: Tx, googleSub: string) =>
  tx.staff.findUnique({ where: { workspaceId_googleSub: { workspaceId: tx.workspaceId, googleSub } } })

/** First sign-in of someone who was invited by address: from now on the Google account counts, not the address. */
async function bind(tx: Tx, { email, sub }: GoogleIdentity) {
  const where = { workspaceId_emailKey: { workspaceId: tx.workspaceId, emailKey: emailKey(email) } }
  const { count } = await tx.staff.updateMany({
    where: { workspaceId: tx.workspaceId, emailKey: emailKey(email), googleSub: null, state: 'invited' },
    data: { googleSub: sub, state: 'active', signedInAt: tx.now },
  })
  if (count === 0) return bySub(tx, sub)
  const staff = await tx.staff.findUniqueOrThrow({ where })
  await record(tx, [staffSignedIn({ staffId: staff.id, by: { kind: 'staff', id: staff.id } })])
  return staff
}

/** The refusal names whom to ask. */
async function withoutRole(ctx: Ctx, workspaceId: string, deactivated: boolean): Promise<DeskError> {
  const admins = await inWorkspace(
    ctx,
    workspaceId,
    (tx) =>
      tx.staff.findMany({
        where: { workspaceId, role: 'admin', state: { not: 'deactivated' } },
        select: { name: true, email: true },
        take: 3,
      }),
    { reads: true },
  )
  const whom =
    admins.length > 0
      ? admins.map(({ name, email }) => `${name} (${email})`).join(' or ')
      : 'whoever installed Sidedesk'
  const reason = deactivated ? 'Your access to Sidedesk was ended.' : 'You are not on the staff of this desk yet.'
  return new DeskError('unknown_staff', `${reason} Ask ${whom}.`)
}
