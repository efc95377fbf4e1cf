import type { ActionOutline } from '../combined-actions/index.ts'
import type { Notice } from './notice.ts'

/** Of an action a push says its kind and no number: an order is a customer's. */
const told = (
  action: Pick<ActionOutline, 'id'>,
  kind: Notice['kind'],
  { about, subject, lines }: Pick<Notice, 'about' | 'subject' | 'lines'>,
): Notice => ({ kind, about, subject, lines, path: `/actions/${action.id}`, number: null })

const STOOD_STILL: Record<string, string> = {
  refused: 'Shopify refused a step.',
  moved: 'The order was changed by somebody else since it was reviewed.',
  unclear: 'Nobody can tell whether a step happened.',
  shop_access: 'The shop cannot be reached with the access that the desk has.',
}

export const parkedNotice = (action: ActionOutline): Notice =>
  told(action, 'parked', {
    about: `parked/${action.id}/${action.parkedAt?.toISOString() ?? ''}`,
    subject: `${action.order}: your action stands still`,
    lines: [
      `${action.words} on order ${action.order} stands still. ${STOOD_STILL[action.problem ?? ''] ?? 'It needs a person.'}`,
      'What is done stays done. Open it to see what happened and how to go on.',
    ],
  })

/** What an agent would have read, for whoever leads while the agent is not at work, or has left. */
export const inSteadOf = ({ order, by }: ActionOutline, notice: Notice): Notice => ({
  ...notice,
  kind: 'stuck',
  about: `in-stead/${notice.about}`,
  subject: `${order}: an action of ${by} needs somebody`,
  lines: [`${by} is not at work. What they would be told now:`, '', ...notice.lines],
})

export const parkedLongNotice = (action: ActionOutline): Notice =>
  told(action, 'stuck', {
    about: `parked-long/${action.id}/${action.parkedAt?.toISOString() ?? ''}`,
    subject: `${action.order}: an action stands still for half an hour`,
    lines: [
      `${action.words} on order ${action.order}, by ${action.by}, stands still and nobody has looked after it for half an hour.`,
      `${STOOD_STILL[action.problem ?? ''] ?? 'It needs a person.'} Ask ${action.by}, or open it.`,
    ],
  })

export const askedNotice = (action: ActionOutline, approvalId: string): Notice =>
  told(action, 'approval', {
    about: `asked/${approvalId}`,
    subject: `${action.order}: ${action.by} asks for your approval`,
    lines: [
      `${action.words} on order ${action.order}, worth ${action.worth}, waits for your approval. ${action.by} asks for it.`,
      'Approve, lower or decline it here; if you do nothing, the next person is asked in 15 minutes.',
    ],
  })

export const approvedNotice = (action: ActionOutline): Notice =>
  told(action, 'decision', {
    about: `approved/${action.id}/${action.decidedAt?.toISOString() ?? ''}`,
    subject: `${action.order}: approved`,
    lines: [`Your action on order ${action.order} was approved${by(action)}: ${action.words}. It goes on by itself.`],
  })

export const declinedNotice = (action: ActionOutline): Notice =>
  told(action, 'decision', {
    about: `declined/${action.id}`,
    subject: `${action.order}: declined`,
    lines: [`Your action on order ${action.order} was declined${by(action)}. Nothing was done. Why, is said here:`],
  })

export const expiredNotice = (action: ActionOutline): Notice =>
  told(action, 'parked', {
    about: `expired/${action.id}/${action.parkedAt?.toISOString() ?? ''}`,
    subject: `${action.order}: nobody agreed within 24 hours`,
    lines: [
      `${action.words} on order ${action.order} waited 24 hours for approval, and nobody agreed.`,
      'Ask again or take it back, on its card in Gmail.',
    ],
  })

export const turnedDownNotice = (action: ActionOutline, stepId: string): Notice =>
  told(action, 'money', {
    about: `turned-down/${stepId}`,
    subject: `${action.order}: the bank turned down a refund`,
    lines: [
      `The bank turned down a refund on order ${action.order}: the customer does not have the money.`,
      'Refund it in another way, and tell the customer.',
    ],
  })

const by = ({ decidedBy }: ActionOutline) => (decidedBy === null ? '' : ` by ${decidedBy}`)
