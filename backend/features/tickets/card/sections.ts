import type { PanelButton, PanelSection } from '../../../../shared/panel.ts'
import { present } from '../../../platform/panel.ts'
import { aboutSection } from './about.ts'
import { moreSection } from './more.ts'
import { noteSection } from './note.ts'
import { noticeSection } from './notice.ts'
import { workSection } from './work.ts'
import type { CardTicket } from './writing.ts'

/** What other features put on the card, each in its place. */
export type Added = { sections: PanelSection[]; below: PanelSection[]; more: PanelButton[] }

/** The card of a ticket but for its orders and its conversation, which are drawn between the two. */
export const cardSections = (
  ticket: CardTicket,
  now: Date,
  added: Added,
): { sections: PanelSection[]; below: PanelSection[] } => ({
  sections: [...present(noticeSection(ticket), aboutSection(ticket, now)), ...added.sections],
  below: [...added.below, ...present(noteSection(ticket), workSection(ticket), moreSection(ticket, added.more))],
})
