import type { ActionName } from './action-parameters.ts'
import { AddonError, asAddonError, OLDER_CARD } from './errors.ts'
import { type AddonEvent, parametersOf } from './event.ts'
import { type Answering, asCardOnTop, asThrown, ticketAfterRefusal } from './failures/responses.ts'
import { popsOf } from './failures/retry.ts'
import * as analytics from './features/analytics/actions.ts'
import { refreshReports } from './features/analytics/refresh-all.ts'
import * as combined from './features/combined-actions/actions.ts'
import * as drafts from './features/drafts/actions.ts'
import * as orders from './features/orders/actions.ts'
import * as panel from './features/panel/actions.ts'
import * as tickets from './features/tickets/actions.ts'
import * as reading from './features/tickets/reading.ts'
import { type Given, givenFrom } from './given.ts'
import { clickResponse, type Shown } from './kit/response.ts'

type DraftName = 'draftFromPanel' | 'insertSavedReply'

/** Every action of a card that is answered with a card. */
const shows: { [N in Exclude<ActionName, DraftName>]: (given: Given<N>) => Shown } = {
  openTicket: reading.openTicket,
  refreshTicket: reading.refreshTicket,
  refreshMail: reading.refreshMail,
  showConversation: reading.showConversation,
  createTicket: tickets.createTicket,
  changeTicket: panel.changeTicket,
  showOrder: orders.showOrder,
  openOrderSearch: orders.openOrderSearch,
  searchOrders: orders.searchOrders,
  linkOrder: orders.linkOrder,
  askProof: orders.askProof,
  confirmOrder: orders.confirmOrder,
  unlinkOrder: orders.unlinkOrder,
  startAction: combined.startAction,
  pressPanel: panel.pressPanel,
  backToTicket: panel.backToTicket,
  refreshSavedReplies: drafts.refreshSavedReplies,
  showReports: analytics.showReports,
  insertReport: analytics.insertReport,
  insertPack: analytics.insertPack,
  refreshReports,
  openPlaced: analytics.openPlaced,
  goToPlaced: analytics.goToPlaced,
  forgetPlaced: analytics.forgetPlaced,
}

/** What a click on a card does, whatever happens. */
export function act(event: AddonEvent) {
  const name = parametersOf(event).action || ''
  if (name === 'draftFromPanel') return answering(event, asThrown, () => panel.draftFromPanel(givenFrom(event)))
  if (name === 'insertSavedReply') return answering(event, asCardOnTop, () => drafts.insertSavedReply(givenFrom(event)))
  return answering(event, orTicket, () => clickResponse(shown(name, event), popsOf(event)))
}

/** The one catch: a failure becomes what the caller may be answered with. */
export function answering<A, F>(event: AddonEvent, failed: Answering<F>, work: () => A): A | F {
  try {
    return work()
  } catch (error) {
    return failed(asAddonError(error), event)
  }
}

const orTicket: Answering<GoogleAppsScript.Card_Service.ActionResponse> = (failure, event) =>
  answering(event, asCardOnTop, () => ticketAfterRefusal(failure, event) ?? asCardOnTop(failure, event))

function shown(name: string, event: AddonEvent): Shown {
  if (!Object.hasOwn(shows, name)) throw new AddonError('addon_failed', OLDER_CARD)
  return (shows[name as keyof typeof shows] as (given: Given<never>) => Shown)(givenFrom(event))
}
