import type { SavedReply } from '../../../shared/drafts.ts'
import { button, buttons } from '../../kit/button.ts'
import { type Card, card, section } from '../../kit/card.ts'
import { entry, remark } from '../../kit/text.ts'

/** A card shows 100 widgets; the rest would silently vanish. */
const MOST_SHOWN = 95
const PREVIEW = 120

type Text = { reply: SavedReply; language: string }

/** A draft does not say whom it is to, so every language is offered: the first one, then the others. */
const textsOf = (reply: SavedReply): Text[] =>
  [''].concat(Object.keys(reply.variants)).map((language) => ({ reply, language }))

/** @param language empty, or gone meanwhile: the first text */
export const textIn = ({ text, variants }: SavedReply, language: string): string =>
  (variants as Record<string, string | undefined>)[language] || text

/** What an open draft may take in. */
export function savedRepliesCard(replies: readonly SavedReply[]): Card {
  const all = replies.reduce<Text[]>((texts, reply) => texts.concat(textsOf(reply)), [])
  const shown = all.slice(0, MOST_SHOWN)
  const hidden = all.length - shown.length
  const entries = shown.map(({ reply, language }) =>
    entry(
      {
        above: 'Insert',
        text: language ? `${reply.title} (${language.toUpperCase()})` : reply.title,
        below: preview(textIn(reply, language)),
      },
      { action: 'insertSavedReply', parameters: { savedReplyId: reply.id, language } },
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
