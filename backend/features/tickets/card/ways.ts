import type { PanelPress } from '../../../../shared/panel.ts'

/** Lays what happened to a ticket on top of its card. @param cursor of an older page */
export const timelinePress = (ticketId: string, cursor?: string): PanelPress => ({
  kind: 'call',
  method: 'GET',
  path: `/v1/tickets/${ticketId}/timeline/card${cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`}`,
  key: null,
  lay: 'push',
})

/** Lays the homepage's card on top: on a phone there is no homepage. */
export const QUEUE: PanelPress = { kind: 'call', method: 'GET', path: '/v1/queues/mine/card', key: null, lay: 'push' }
