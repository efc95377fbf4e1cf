import { createApiKey } from '../../../backend/features/settings/index.ts'
import { displaysIn, makeDisplay } from '../../../backend/features/wallboard/displays/displays.ts'
import { systemOf } from '../../../backend/platform/actor.ts'
import { inWorkspace } from '../../../backend/platform/tenancy.ts'
import { ActionInput, startActionDraft } from '../../../shared/combined-actions.ts'
import { createField } from '../../../shared/fields.ts'
import { addMailRule } from '../../../shared/mail-rules.ts'
import { addRule, tryRules } from '../../../shared/rules.ts'
import { getSlaRules, trySlaRules } from '../../../shared/sla.ts'
import { makeTicketTask } from '../../../shared/tasks.ts'
import { getTicket } from '../../../shared/tickets.ts'
import { addWebhook } from '../../../shared/webhooks.ts'
import { formsAt } from '../action-forms.ts'
import { ordersOf } from '../action-orders.ts'
import { approvalsAt } from '../approvals.ts'
import { booksOf } from '../books.ts'
import { cardsAt } from '../gift-card-desk.ts'
import { shiftsAt, workweek } from '../shift-desk.ts'
import { FERN, type ShopDesk } from '../shop.ts'
import { visitor } from '../visitor.ts'
import { workAt } from '../work-desk.ts'

const PAYEE = { name: 'Wanda Witherspoon', account: 'GB33 BUKB 2020 1555 5555 55' }

/** As a browser hands itself over; the keys are an example of RFC 8291. */
const BROWSER = {
  name: 'Fern & Fig phone',
  endpoint: 'https://push.example/1',
  p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
}

/**
 * One of everything in a desk.
 * @returns ours: the ids by the names that paths give them; secrets: words that only this workspace knows
 */
export async function everythingIn(desk: ShopDesk): Promise<{ ours: Record<string, string>; secrets: string[] }> {
  const shop = ordersOf(desk.fern)
  const approvals = approvalsAt(desk)
  await approvals.strict()
  const bought = shop.delivered(shop.buy())
  const refund = { what: 'amount', amount: { minor: 1_200, currency: 'GBP' } }
  const actionId = await approvals.ask(bought, ActionInput.parse({ reason: { code: 'spilled' }, refund }))
  const { ticketId, orderId } = await formsAt(desk).about(shop.delivered(shop.buy()))
  const draft = await desk.as('nora').call(startActionDraft, {
    params: { ticketId, orderId },
    body: { fields: {}, start: 'refund' },
  })
  const [, draftId = ''] = /action-drafts\/([\w-]+)\/pages/.exec(JSON.stringify(draft)) ?? []
  const card = await cardsAt(desk).issued()
  const shopId = desk.shopId(FERN)
  const { payoutId } = await booksOf(desk).done({ shopId, route: 'payout', payee: PAYEE })
  await desk.settle()
  const ours: Record<string, string> = { ticketId, orderId, draftId, actionId, shopId, giftCardId: card.id, payoutId }
  Object.assign(ours, {
    staffId: desk.staff.nora.id,
    ...(await programs(desk)),
    ...(await records(desk, ticketId)),
    ...(await rules(desk)),
    ...(await screens(desk)),
    ...(await plans(desk)),
  })
  return { ours, secrets: [bought.name, PAYEE.name, PAYEE.account, 'Fern &', 'Ada Moss'] }
}

/** What other programs have of us. */
async function programs(desk: ShopDesk): Promise<{ keyId: string; webhookId: string }> {
  const by = systemOf(desk.workspaceId)
  const key = await createApiKey(desk.ctx, desk.workspaceId, { name: 'Ours', scopes: ['tickets:read'] }, by)
  const body = { name: 'Ours', url: 'https://hooks.example/', events: ['shop.access_lost' as const] }
  const { webhook } = await desk.as('ada').call(addWebhook, { body })
  return { keyId: key.id, webhookId: webhook.id }
}

/** What is kept about a customer besides their mail. */
async function records(
  desk: ShopDesk,
  ticketId: string,
): Promise<{ customerId: string; taskId: string; fieldId: string }> {
  const { customer } = await desk.as('nora').call(getTicket, { params: { ticketId } })
  const dueOn = desk.clock.now().toISOString().slice(0, 10)
  const task = { words: 'Ask Ada Moss', dueOn, assigneeId: null }
  const { id: taskId } = await desk.as('nora').call(makeTicketTask, { params: { ticketId }, body: task })
  const field = { about: 'ticket' as const, label: 'Fern & Fig size', kind: 'text' as const }
  const { id: fieldId } = await desk.as('ada').call(createField, { body: field })
  return { customerId: customer.id, taskId, fieldId }
}

/** What happens by itself, and what it would have done. */
async function rules(desk: ShopDesk): Promise<Record<'ruleId' | 'trialId' | 'slaTrialId' | 'mailRuleId', string>> {
  const act = { do: 'note' as const, text: 'Fern & Fig asks Ada Moss' }
  const when = { on: 'event' as const, event: 'escalated' as const }
  const body = { name: 'Fern & Fig first', on: true, when, all: [], any: [], acts: [act] }
  const { id: ruleId } = await desk.as('ada').call(addRule, { body })
  const { id: trialId } = await desk.as('ada').call(tryRules)
  const { version: _, ...times } = await desk.as('ada').call(getSlaRules)
  const { id: slaTrialId } = await desk.as('ada').call(trySlaRules, { body: { name: 'Fern & Fig', rules: times } })
  const matches = { recipients: [], labels: [], senders: ['fern-and-fig.example'], kinds: [], subjects: [] }
  const mailRule = {
    name: 'Fern & Fig first',
    active: true,
    mailboxId: null,
    outcome: 'ignored' as const,
    matches,
    version: 0,
  }
  const { items } = await desk.as('ada').call(addMailRule, { body: mailRule })
  await desk.settle()
  return { ruleId, trialId, slaTrialId, mailRuleId: items.at(-1)?.id ?? '' }
}

/** Where everybody may look. */
async function screens(desk: ShopDesk): Promise<{ displayId: string }> {
  const { name, id } = desk.staff.ada
  await makeDisplay(desk.ctx, 'Fern & Fig kitchen', {
    kind: 'staff',
    id,
    name,
    workspaceId: desk.workspaceId,
    role: 'admin',
  })
  const [display] = await inWorkspace(desk.ctx, desk.workspaceId, displaysIn)
  return { displayId: display?.id ?? '' }
}

/** When people work, and where one of them is told of something. */
async function plans(desk: ShopDesk): Promise<Record<string, string>> {
  const shifts = shiftsAt(desk)
  const { id: templateId } = await shifts.template('Fern & Fig early', workweek('07:00-15:00'))
  await shifts.give(templateId, ['sam'], 30)
  const { id: leaveId } = await shifts.leave('sam', 40, 41)
  await shifts.plan('nora', 3, '09:00-17:00')
  const { id: swapId } = await shifts.offer('nora', await shifts.one('nora', 3), 'sam')
  await workAt(desk).in('nora')
  await visitor(desk, 'nora').send('/desk/notices/browsers', BROWSER, '/desk/notices')
  const [use, session, subscription] = await desk.read(async (tx) => [
    await tx.shiftTemplateUse.findFirstOrThrow(),
    await tx.workSession.findFirstOrThrow(),
    await tx.pushSubscription.findFirstOrThrow(),
  ])
  return { templateId, leaveId, swapId, useId: use.id, sessionId: session.id, subscriptionId: subscription.id }
}
