import { v5 } from 'uuid'
import type { Ctx } from '../../context.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { inShadow, withheld } from '../settings/index.ts'
import { parseNumber, ticketWithNumber } from '../tickets/index.ts'
import { type Going, goingOf } from './choosing/going.ts'
import { standingOf } from './choosing/standing.ts'
import { sealWaiting } from './digest/waiting.ts'
import { planMails } from './mailing.ts'
import { mailOf, type Notice } from './notice.ts'
import { planPushes } from './push/planning.ts'
import type { Recipient } from './recipients.ts'

/** One person who is told now. */
export type Told = { staffId: string; noticeId: string; email: string } & Going

/**
 * The one door to people of the staff: each is told once of one thing, in the ways that they chose, by jobs.
 * @throws DeskError unavailable while there is no mailbox that a mail could be sent from: the queue comes again
 */
export async function notify(ctx: Ctx, tx: Tx, people: readonly Recipient[], notice: Notice): Promise<void> {
  if (people.length === 0) return
  const addressed = people.map(({ id }) => ({ staffId: id, noticeId: noticeIdOf(tx, notice, id) }))
  const standing = await standingOf(tx, notice.kind, addressed)
  const masked = { ...notice, subject: ctx.mask(notice.subject), lines: notice.lines.map(ctx.mask) }
  const box = await ctx.keyring.box(tx)
  const shadow = await inShadow(tx, { ticketId: await ticketNamed(tx, notice.number) })
  const told = await writeNotices(
    tx,
    box,
    masked,
    standing.map(({ staffId, noticeId, email, way, quiet, canPush }) => ({
      staffId,
      noticeId,
      email,
      ...(shadow ? NOWHERE : goingOf(notice.kind, { way, canPush, quiet: quiet && !notice.evenOffShift })),
    })),
  )
  if (shadow) return withheld(tx, 'notice', told.length)
  await planMails(
    tx,
    box,
    told.filter(({ mail }) => mail),
    mailOf(ctx, tx.workspaceId, masked),
  )
  await planPushes(
    ctx,
    tx,
    box,
    told.filter(({ push }) => push),
    masked,
  )
}

/** In shadow mode nobody is mailed or pushed, now or later: it counts as told, so that the end of it brings no heap of old notices. */
const NOWHERE: Going = { mail: false, push: false, waits: null }

/** A notice may be about a ticket of a mailbox that is in shadow mode by itself. */
async function ticketNamed(tx: Tx, number: string | null): Promise<string | null> {
  return number === null ? null : ticketWithNumber(tx, parseNumber(number))
}

/** What one person is told of one thing has one id, however often it is tried. */
const noticeIdOf = ({ workspaceId }: Tx, { about }: Notice, staffId: string): string =>
  v5(`${about}/${staffId}`, workspaceId)

/** Notes what each is told. @returns those whom nobody else tells at this moment */
async function writeNotices(tx: Tx, box: Box, notice: Notice, all: readonly Told[]): Promise<Told[]> {
  if (all.length === 0) return []
  const written = await tx.notice.createManyAndReturn({
    data: all.map(({ noticeId, staffId, waits }) => ({
      workspaceId: tx.workspaceId,
      id: noticeId,
      staffId,
      kind: notice.kind,
      waits,
      content: waits === null ? null : sealWaiting(box, noticeId, notice),
      createdAt: tx.now,
    })),
    skipDuplicates: true,
    select: { id: true },
  })
  const ids = new Set(written.map(({ id }) => id))
  return all.filter(({ noticeId }) => ids.has(noticeId))
}
