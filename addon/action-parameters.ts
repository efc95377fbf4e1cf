import type { AnalyticsActions } from './features/analytics/parameters.ts'
import type { CombinedActions } from './features/combined-actions/parameters.ts'
import type { DraftActions } from './features/drafts/parameters.ts'
import type { OrderActions } from './features/orders/parameters.ts'
import type { PanelActions } from './features/panel/parameters.ts'
import type { TicketActions } from './features/tickets/parameters.ts'

/** Every action that a card may name, with the parameters it takes. */
export type ActionParameters = TicketActions &
  DraftActions &
  OrderActions &
  CombinedActions &
  PanelActions &
  AnalyticsActions
export type ActionName = keyof ActionParameters
