import type { showQueue } from '../../../shared/queues.ts'
import { call } from '../../api.ts'
import type { AddonEvent } from '../../event.ts'
import type { Card } from '../../kit/card.ts'
import type { ActionOf } from '../../kit/click.ts'
import { panelOf } from '../panel/actions.ts'
import { layOf } from '../panel/presses.ts'

/** The homepage: what one person should look at first, as the backend describes it. */
export const homepageCard = (event: AddonEvent): Card =>
  panelOf(event, call<typeof showQueue>('GET', '/v1/queues/:view/card', { params: { view: 'mine' }, query: {} }), '')

/** The same from a card: on top of it, or in its place. */
export const homepageAction = (lay: 'push' | 'update'): ActionOf =>
  layOf(lay, { method: 'GET', path: '/v1/queues/mine/card', key: '', ticketId: '' })
