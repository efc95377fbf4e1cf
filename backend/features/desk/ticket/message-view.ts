import type { z } from 'zod'
import type { Message, MessageExcerpt } from '../../../../shared/tickets.ts'
import { html } from '../../../platform/html.ts'
import { type Clock, clockWords } from '../panel/clock.ts'

type Direction = MessageExcerpt['direction']

const KIND: Record<Direction, string> = { in: '', out: 'answer', note: 'internal note' }

/** Who said what and when, with the files that came along. @param cut what fits here of what is new in it, and where all of it is read */
export function messageView(
  { id, direction, author, sentAt, text, reply, notes, attachments, why, trust }: z.infer<typeof Message>,
  clock: Clock,
  cut: { at: number; whole: string } | null,
) {
  const said = cut === null ? text : (reply ?? text)
  const isLong = cut !== null && said.length > cut.at
  const shown = isLong ? `${said.slice(0, cut.at).toWellFormed().trimEnd()} …` : said
  return html`
    <article class=${`msg ${direction}`} id=${`m-${id}`}>
      <h3>${[author.name || 'Unknown', KIND[direction], clockWords(new Date(sentAt), clock)].filter(Boolean).join(' · ')}</h3>
      ${trust?.words.map((words) => html`<p class=${trust.warns ? 'bad' : 'soft'}>${words}</p>`)}
      <p class="lines">${shown || '(no text)'}</p>
      ${notes.map((note) => html`<p class="soft">${note}</p>`)}
      ${cut !== null && shown !== text && html`<p><a href=${`${cut.whole}#m-${id}`}>${isLong ? 'All of it' : 'With what it quotes'}</a> <span class="soft">(${text.length} characters)</span></p>`}
      ${why && html`<p class="soft">${why}.</p>`}
      ${attachments.length > 0 && html`<ul>${attachments.map(fileView)}</ul>`}
    </article>`
}

const fileView = ({ name, size, url, scanWords, blocked }: MessageExcerpt['attachments'][number]) => {
  const shown = name || 'Without a name'
  return html`<li>${blocked ? shown : html`<a href=${url} rel="noopener">${shown}</a>`} <span class="soft">(${[sizeWords(size), scanWords].filter(Boolean).join(', ')})</span></li>`
}

function sizeWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
