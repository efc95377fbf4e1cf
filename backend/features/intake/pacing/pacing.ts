import { GmailPaced, type Pace } from '../../../clients/gmail/index.ts'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { type Bucket, drawFrom, fullBucket, type Lane } from './bucket.ts'

export type Account = { workspaceId: string; mailboxId: string }

/**
 * The pace of one account, for one piece of work. The bucket is a row, so that all processes share it; units are taken in growing
 * portions, so that many calls in a row cost few questions. What is left of a portion is lost, and is never more than was used.
 */
export function paceOf(ctx: Ctx, account: Account, lane: Lane): Pace {
  let portion = { left: 0, size: 0 }
  let inDisgrace = false
  let last: Promise<unknown> = Promise.resolve()

  const take = async (units: number): Promise<void> => {
    if (portion.left < units) {
      const drawn = await draw(ctx, account, { lane, cost: units, want: Math.max(units, portion.size * 2) })
      portion = { left: portion.left + drawn.units, size: drawn.units }
      inDisgrace = drawn.refusals > 0
    }
    portion.left -= units
  }

  return {
    take(units) {
      const taken = last.then(() => take(units))
      last = taken.catch(() => undefined) // its caller hears of it; the next one asks for itself
      return taken
    },
    async went() {
      if (!inDisgrace) return
      inDisgrace = false
      await forgive(ctx, account)
    },
    slowDown(retryAfter) {
      portion = { left: 0, size: 0 }
      inDisgrace = false // of answers that are under way still, none is about the time after this
      return hold(ctx, account, retryAfter)
    },
  }
}

type Held = Bucket & { unitsPerMinute: number | null; refusals: number }

/** @throws GmailPaced */
async function draw(
  ctx: Ctx,
  account: Account,
  wanted: { lane: Lane; cost: number; want: number },
): Promise<{ units: number; refusals: number }> {
  const drawn = await writing(ctx, account, async (tx) => {
    const standard = ctx.config.intake.unitsPerMinute
    const held = await bucketOf(tx, account, standard)
    const unitsPerMinute = held.unitsPerMinute ?? standard
    const result = drawFrom(held, { ...wanted, unitsPerMinute }, tx.now)
    if (result.kind === 'granted') await write(tx, account, { ...held, ...result.bucket })
    return { ...result, refusals: held.refusals }
  })
  if (drawn.kind === 'wait') throw new GmailPaced(drawn.seconds)
  return drawn
}

/** After so long without a refusal the next one is a first one again. */
const CALM_MS = 60_000
const LONGEST_SECONDS = 64

/** All processes are quiet for as long as Google says, else longer with each refusal in a row; then the bucket fills from nothing. */
const hold = (ctx: Ctx, account: Account, retryAfter: number | undefined): Promise<void> =>
  writing(ctx, account, async (tx) => {
    const held = await bucketOf(tx, account, ctx.config.intake.unitsPerMinute)
    const isSameHold = held.heldUntil !== null && held.heldUntil > tx.now // of calls that were under way together
    const isFirst = held.heldUntil === null || tx.now.getTime() - held.heldUntil.getTime() > CALM_MS
    const refusals = isSameHold ? held.refusals : isFirst ? 1 : Math.min(held.refusals + 1, 100)
    const seconds = retryAfter ?? Math.min(2 ** refusals, LONGEST_SECONDS)
    const until = new Date(tx.now.getTime() + seconds * 1_000)
    const heldUntil = isSameHold && held.heldUntil && held.heldUntil > until ? held.heldUntil : until
    await write(tx, account, { level: 0, at: tx.now, heldUntil, refusals })
  })

/** An answer after the silence ends the row of refusals: the next one is a first one, and what worked in between was not in vain. */
const forgive = (ctx: Ctx, account: Account): Promise<void> =>
  writing(ctx, account, async (tx) => {
    await tx.$executeRaw`
      update desk.mailbox_pace set refusals = 0
      where workspace_id = ${tx.workspaceId}::uuid and mailbox_id = ${account.mailboxId}::uuid and held_until <= ${tx.now}`
  }).catch((error: unknown) => {
    ctx.log.warn({ err: error, mailboxId: account.mailboxId }, 'an answer of Gmail was not noted in its pace')
  })

/** A request's idempotency key is for its own transaction, not for this one; losing what was drawn in a crash of the database costs nothing. */
function writing<T>(
  { claim: _claim, ...ctx }: Ctx,
  { workspaceId }: Account,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return inWorkspace(ctx, workspaceId, work, { repeats: true, byKeys: true })
}

/** Holds the bucket's row until the transaction ends. */
async function bucketOf(tx: Tx, { mailboxId }: Account, standard: number): Promise<Held> {
  const { level, at } = fullBucket(standard, tx.now)
  const [held] = await tx.$queryRaw<Held[]>`
    insert into desk.mailbox_pace as p (workspace_id, mailbox_id, level, at)
    values (${tx.workspaceId}::uuid, ${mailboxId}::uuid, ${level}, ${at})
    on conflict (workspace_id, mailbox_id) do update set at = p.at
    returning level, at, held_until as "heldUntil", refusals::int, (
      select units_per_minute from desk.mailbox m where m.workspace_id = p.workspace_id and m.id = p.mailbox_id) as "unitsPerMinute"`
  if (!held) throw new Error('A bucket was neither found nor made')
  return held
}

const write = (tx: Tx, { mailboxId }: Account, { level, at, heldUntil, refusals }: Omit<Held, 'unitsPerMinute'>) =>
  tx.send(Prisma.sql`
    update desk.mailbox_pace set level = ${level}, at = ${at}, held_until = ${heldUntil}, refusals = ${refusals}
    where workspace_id = ${tx.workspaceId}::uuid and mailbox_id = ${mailboxId}::uuid`)
