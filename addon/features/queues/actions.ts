import type { showQueue } from '../../../shared/queues.ts'
import { call } from '../../api.ts'
import type { AddonEvent } from '../../event.ts'
import type { Card } from '../../kit/card.ts'
import { panelOf } from '../panel/actions.ts'

/** The homepage: what one person should look at first, as the backend describes it. */
export const homepageCard = (event: AddonEvent): Card =>
  panelOf(event, call<typeof showQueue>('GET', '/v1/queues/:view/card', { params: { view: 'mine' }, query: {} }), '')
