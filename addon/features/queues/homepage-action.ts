import type { ActionOf } from '../../kit/click.ts'
import { layOf } from '../panel/presses.ts'

/** The homepage from a card: on top of it, or in its place. */
export const homepageAction = (lay: 'push' | 'update'): ActionOf =>
  layOf(lay, { method: 'GET', path: '/v1/queues/mine/card', key: '', ticketId: '' })
