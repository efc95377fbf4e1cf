import type { PanelPress } from '../../../../shared/panel.ts'
import type { QueueName } from '../../../../shared/queues.ts'
import type { StaffRole } from '../../../../shared/roles.ts'

/** Where lines lead for one who reads: pages by their whole address, because a panel is not on our site. */
export type Ways = { pagesUrl: string; role: StaffRole }

export const toPage = ({ pagesUrl }: Ways, path: string): PanelPress => ({ kind: 'link', url: pagesUrl + path })

/** The homepage with another list. */
export const toList = (view: QueueName): PanelPress => ({
  kind: 'call',
  method: 'GET',
  path: `/v1/queues/${view}/card`,
  key: null,
  lay: 'update',
})
