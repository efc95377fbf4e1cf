import type { CustomerDocument } from '../../../../shared/customers.ts'
import type { PanelCard } from '../../../../shared/panel.ts'
import { button, buttons, clockTime, fact, present, remark, section } from '../../../platform/panel.ts'
import type { Page } from '../paging.ts'
import { backButtons, type Place, way } from './presses.ts'

/** Everything that a customer sent or was sent with a mail; a press opens it. */
export const documentsCard = (name: string, { items, next }: Page<CustomerDocument>, place: Place): PanelCard => ({
  title: 'Documents',
  subtitle: name,
  sections: present(
    section(
      null,
      ...(items.length > 0 ? items.map(documentFact) : [remark('Nothing was attached to any mail.')]),
      next === null ? null : buttons(button('Older', way(place, 'documents/card', next))),
    ),
    backButtons(place).length > 0 ? section(null, buttons(...backButtons(place))) : null,
  ),
  say: null,
})

const documentFact = ({ name, size, sentAt, direction, ticket, url }: CustomerDocument) =>
  fact(
    `${ticket.number} · ${clockTime(new Date(sentAt))}`,
    name || 'Without a name',
    `${sizeWords(size)}${direction === 'out' ? ' · from the team' : ''}`,
    { kind: 'link', url },
  )

function sizeWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
