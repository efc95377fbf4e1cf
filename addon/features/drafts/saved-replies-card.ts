import type { SavedReply } from '../../../shared/drafts.ts'
import { button, buttons } from '../../kit/button.ts'
import { type Card, card, section } from '../../kit/card.ts'
import { entry, remark } from '../../kit/text.ts'

/** A card shows 100 widgets; the rest would silently vanish. */
const MOST_SHOWN = 95
const PREVIEW = 120

/** What an open draft may take in. */
export function savedRepliesCard(replies: readonly SavedReply[]): Card {
  const shown = replies.slice(0, MOST_SHOWN)
  const hidden = replies.length - shown.length
  const entries = shown.map(({ id, title, text }) =>
    entry(
      { above: 'Insert', text: title, below: preview(text) },
      { action: 'insertSavedReply', parameters: { savedReplyId: id } },
    ),
  )
  return card({ title: 'Saved replies', subtitle: 'Inserted where the cursor stands' }, [
    section(
      null,
      entries.length > 0 ? entries : remark('There are no saved replies yet. A supervisor can write some.'),
    ),
    section(
      null,
      hidden > 0 ? remark(`${hidden} more are not shown here.`) : null,
      buttons(button('Refresh', { action: 'refreshSavedReplies', parameters: {} })),
    ),
  ])
}

function preview(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > PREVIEW ? `${line.slice(0, PREVIEW)}…` : line
}
