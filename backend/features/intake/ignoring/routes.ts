import {
  confirmIgnore,
  fileIgnoredMail,
  hearSenderAgain,
  hearSenderOfTicket,
  ignoreSender,
  listIgnoredMails,
  listIgnoredSenders,
  openIgnoreForm,
} from '../../../../shared/ignored-senders.ts'
import type { PanelCard, PanelFields } from '../../../../shared/panel.ts'
import { LEADS } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { type Route, route } from '../../../platform/route.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { domainOf } from '../../settings/index.ts'
import { viewTicket } from '../../tickets/index.ts'
import { ignoredCard, ignoreForm } from './cards.ts'
import { fileAfterAll } from './filing-after-all.ts'
import { hearSenderOf, ignoreSenderOf, refuseIgnoring, senderOf } from './of-ticket.ts'
import { listIgnored } from './remembering.ts'
import { listSenders, refuseNeeded, removeSender } from './senders.ts'

export const ignoringRoutes: readonly Route<Ctx>[] = [
  route(listIgnoredSenders, (ctx: Ctx, { query, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => listSenders(ctx, tx, query), { reads: true }),
  ),
  route(hearSenderAgain, async (ctx: Ctx, { body, actor }) => ({
    removed: await removeSender(ctx, body.sender, actor),
  })),
  route(listIgnoredMails, (ctx: Ctx, { query, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => listIgnored(ctx, tx, query), { reads: true }),
  ),
  route(fileIgnoredMail, async (ctx: Ctx, { params, actor }) => {
    await fileAfterAll(ctx, params.mailId, actor)
    return { filed: true }
  }),
  route(ignoreSender, async (ctx: Ctx, { params, body, actor }) => {
    await ignoreSenderOf(ctx, params.ticketId, body, actor)
    return viewTicket(ctx, params.ticketId, actor)
  }),
  route(hearSenderOfTicket, async (ctx: Ctx, { params, actor }) => {
    await hearSenderOf(ctx, params.ticketId, actor)
    return viewTicket(ctx, params.ticketId, actor)
  }),
  route(openIgnoreForm, (ctx: Ctx, { params, actor }) => openForm(ctx, params.ticketId, actor, null)),
  route(confirmIgnore, (ctx: Ctx, { params, body, actor }) => confirmForm(ctx, params.ticketId, body.fields, actor)),
]

async function openForm(ctx: Ctx, ticketId: string, actor: Actor, problem: string | null): Promise<PanelCard> {
  const sender = await inWorkspace(ctx, actor.workspaceId, (tx) => senderOf(ctx, tx, ticketId), { reads: true })
  const lead = actor.kind === 'staff' && (LEADS as readonly string[]).includes(actor.role)
  return ignoreForm({ ticketId, sender, lead, problem })
}

/** What stands in the way is said on the form, before anything is written. */
async function confirmForm(
  ctx: Ctx,
  ticketId: string,
  fields: PanelFields['fields'],
  actor: Actor,
): Promise<PanelCard> {
  const whole = fields['whole']?.[0] === 'domain' ? 'domain' : 'address'
  const wish = { whole, sure: fields['sure']?.[0] === 'yes' } as const
  const looked = await inWorkspace(
    ctx,
    actor.workspaceId,
    async (tx) => {
      const sender = await senderOf(ctx, tx, ticketId)
      const key = whole === 'domain' ? domainOf(sender.key) : sender.key
      const check = async () => {
        refuseIgnoring(wish, sender, actor)
        await refuseNeeded(tx, key)
      }
      return { key, problem: await problemOf(check) }
    },
    { reads: true },
  )
  if (looked.problem !== null) return openForm(ctx, ticketId, actor, looked.problem)
  await ignoreSenderOf(ctx, ticketId, wish, actor)
  return ignoredCard(ticketId, looked.key)
}

async function problemOf(check: () => Promise<void>): Promise<string | null> {
  try {
    await check()
    return null
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
    return error.message
  }
}
