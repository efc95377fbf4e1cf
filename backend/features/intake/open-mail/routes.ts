import { fileOpenMail } from '../../../../shared/ignored-senders.ts'
import type { PanelCard } from '../../../../shared/panel.ts'
import { confirmOpenMail, releaseOpenMail } from '../../../../shared/spam.ts'
import { lookUpTicket } from '../../../../shared/tickets.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { newId } from '../../../platform/ids.ts'
import { type Route, route } from '../../../platform/route.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { cardView, mailKeyOf, ticketBeside } from '../../tickets/index.ts'
import { fileAfterAll } from '../ignoring/filing-after-all.ts'
import { ruleIn } from '../ignoring/remembering.ts'
import { confirmSpam, releaseSpam } from '../spam/deciding-spam.ts'
import { besideCard, doneCard } from './cards.ts'
import { type Standing, standingOf } from './standing.ts'

/** What stands beside a mail that is open in Gmail. */
export const openMailRoutes: readonly Route<Ctx>[] = [
  route(lookUpTicket, (ctx: Ctx, { body, actor }) =>
    inWorkspace(
      ctx,
      actor.workspaceId,
      async (tx) => {
        const found = await ticketBeside(ctx, tx, body)
        const card = found?.holds
          ? null
          : await cardOf(ctx, tx, { messageId: body.messageId, answers: found?.id ?? null }, actor)
        return { ticket: found ? await cardView(ctx, tx, found.id, actor) : null, card, key: newId() }
      },
      { reads: true },
    ),
  ),
  route(releaseOpenMail, async (ctx: Ctx, { params, actor }) => {
    await releaseSpam(ctx, params.suspectedId, actor)
    return doneCard('No spam', 'It becomes a ticket and leaves spam in Gmail; that takes a moment.')
  }),
  route(confirmOpenMail, async (ctx: Ctx, { params, actor }) => {
    await confirmSpam(ctx, params.suspectedId, actor)
    return doneCard('Spam', 'It is off the list. Gmail deletes it in time.')
  }),
  route(fileOpenMail, async (ctx: Ctx, { params, actor }) => {
    await fileAfterAll(ctx, params.mailId, actor)
    return doneCard('Not ignored', 'It becomes a ticket; that takes a moment.')
  }),
]

type Open = { messageId: string; answers: string | null }

async function cardOf(ctx: Ctx, tx: Tx, { messageId, answers }: Open, actor: Actor): Promise<PanelCard | null> {
  if (messageId.trim() === '') return null
  const [standing] = await tx.$queryRaw<Standing[]>(standingOf(tx.workspaceId, mailKeyOf(messageId)))
  if (!standing) return null
  const { ignoredId, ignored } = standing
  const rule = ignoredId && ignored ? ruleIn(await ctx.keyring.box(tx), ignoredId, ignored) : null
  return besideCard(standing, { actor, answers, origin: ctx.config.http.publicUrl, rule })
}
