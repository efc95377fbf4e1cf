import {
  escalateTicket,
  getSlaRules,
  getSlaTrial,
  getTicketSla,
  sendEscalationForm,
  showEscalationForm,
  showTicketSla,
  trySlaRules,
  writeSlaRules,
} from '../../../shared/sla.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { route } from '../../platform/route.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { personOf } from '../combined-actions/index.ts'
import { viewTicket } from '../tickets/index.ts'
import { escalate } from './escalations/escalating.ts'
import { escalationForm, sendForm } from './escalations/form.ts'
import { readRules, writeRules } from './rules/writing.ts'
import { explain } from './showing/explaining.ts'
import { whyCard } from './showing/why-card.ts'
import { readTrial } from './trying/reading.ts'
import { tryRules } from './trying/trials.ts'

const explained = (ctx: Ctx, ticketId: string, { workspaceId }: Actor) =>
  inWorkspace(ctx, workspaceId, (tx) => explain(ctx, tx, ticketId), { reads: true })

export const slaRoutes = [
  route(getTicketSla, (ctx: Ctx, { params, actor }) => explained(ctx, params.ticketId, actor)),
  route(showTicketSla, async (ctx: Ctx, { params, actor }) =>
    whyCard(params.ticketId, await explained(ctx, params.ticketId, actor)),
  ),
  route(showEscalationForm, (ctx: Ctx, { params, actor }) => escalationForm(ctx, params.ticketId, personOf(actor))),
  route(sendEscalationForm, (ctx: Ctx, { params, body, actor }) =>
    sendForm(ctx, params.ticketId, body, personOf(actor)),
  ),
  route(escalateTicket, async (ctx: Ctx, { params, body, actor }) => {
    await escalate(ctx, params.ticketId, body, personOf(actor))
    return viewTicket(ctx, params.ticketId, actor)
  }),
  route(getSlaRules, (ctx: Ctx, { actor }) => inWorkspace(ctx, actor.workspaceId, readRules, { reads: true })),
  route(trySlaRules, async (ctx: Ctx, { body, actor }) => ({ id: await tryRules(ctx, body, personOf(actor)) })),
  route(getSlaTrial, (ctx: Ctx, { params, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => readTrial(tx, params.slaTrialId), { reads: true }),
  ),
  route(writeSlaRules, (ctx: Ctx, { body, actor }) => writeRules(ctx, body, actor)),
]
