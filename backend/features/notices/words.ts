import type { ActionOutline } from '../combined-actions/index.ts'
import { noticeText as mail } from './notice-text.ts'
import type { Notice } from './sending.ts'

type Told = { action: ActionOutline; link: string }

const STOOD_STILL: Record<string, string> = {
  refused: 'Shopify refused a step.',
  moved: 'The order was changed by somebody else since it was reviewed.',
  unclear: 'Nobody can tell whether a step happened.',
  shop_access: 'The shop cannot be reached with the access that the desk has.',
}

export const parkedNotice = ({ action, link }: Told): Notice =>
  mail(
    `parked/${action.id}/${action.parkedAt?.toISOString() ?? ''}`,
    `${action.order}: your action stands still`,
    [
      `${action.words} on order ${action.order} stands still. ${STOOD_STILL[action.problem ?? ''] ?? 'It needs a person.'}`,
      'What is done stays done. Open it to see what happened and how to go on.',
    ],
    link,
  )

export const parkedLongNotice = ({ action, link }: Told): Notice =>
  mail(
    `parked-long/${action.id}/${action.parkedAt?.toISOString() ?? ''}`,
    `${action.order}: an action stands still for half an hour`,
    [
      `${action.words} on order ${action.order}, by ${action.by}, stands still and nobody has looked after it for half an hour.`,
      `${STOOD_STILL[action.problem ?? ''] ?? 'It needs a person.'} Ask ${action.by}, or open it.`,
    ],
    link,
  )

export const askedNotice = ({ action, link }: Told, approvalId: string): Notice =>
  mail(
    `asked/${approvalId}`,
    `${action.order}: ${action.by} asks for your approval`,
    [
      `${action.words} on order ${action.order}, worth ${action.worth}, waits for your approval. ${action.by} asks for it.`,
      'Approve, lower or decline it here; if you do nothing, the next person is asked in 15 minutes.',
    ],
    link,
  )

export const approvedNotice = ({ action, link }: Told): Notice =>
  mail(
    `approved/${action.id}/${action.decidedAt?.toISOString() ?? ''}`,
    `${action.order}: approved`,
    [`Your action on order ${action.order} was approved${by(action)}: ${action.words}. It goes on by itself.`],
    link,
  )

export const declinedNotice = ({ action, link }: Told): Notice =>
  mail(
    `declined/${action.id}`,
    `${action.order}: declined`,
    [`Your action on order ${action.order} was declined${by(action)}. Nothing was done. Why, is said here:`],
    link,
  )

export const expiredNotice = ({ action, link }: Told): Notice =>
  mail(
    `expired/${action.id}/${action.parkedAt?.toISOString() ?? ''}`,
    `${action.order}: nobody agreed within 24 hours`,
    [
      `${action.words} on order ${action.order} waited 24 hours for approval, and nobody agreed.`,
      'Ask again or take it back, on its card in Gmail.',
    ],
    link,
  )

export const turnedDownNotice = ({ action, link }: Told, stepId: string): Notice =>
  mail(
    `turned-down/${stepId}`,
    `${action.order}: the bank turned down a refund`,
    [
      `The bank turned down a refund on order ${action.order}: the customer does not have the money.`,
      'Refund it in another way, and tell the customer.',
    ],
    link,
  )

const by = ({ decidedBy }: ActionOutline) => (decidedBy === null ? '' : ` by ${decidedBy}`)
