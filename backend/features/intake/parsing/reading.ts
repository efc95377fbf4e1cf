import { enclosedIn } from './enclosed.ts'
import { excerptOf } from './excerpt.ts'
import { author, keptHeaders, people, shownSubject, textHeader } from './headers.ts'
import type { ParsedMail, Sink } from './parsed-mail.ts'
import { prepare } from './preparing.ts'
import { protectionNotes } from './protection.ts'
import { replyIn } from './reply/reply.ts'
import { calendarMethodIn, listening, returnedOf } from './returned.ts'
import { CUT, type Split, split } from './splitting.ts'
import { textOf } from './text.ts'
import { type Unpacked, unpacker } from './unpacking/unpacking.ts'

/**
 * Reads one mail. Runs in a child process, because hostile mail can take any time and memory.
 * @param sink takes the attachments; without one their bytes are in the answer
 */
export async function readMail(raw: Buffer, sink: Sink = inMemory): Promise<ParsedMail> {
  const { sink: heard, parts } = listening(sink)
  const { found, take } = unpacker(heard)
  const outer = await split(prepare(raw), take)
  const body = await bodyOf(outer, found, take)
  const { headers, headerLines } = outer
  const said = [textOf(body), ...found.invitations].filter((words) => words.trim() !== '').join('\n\n')
  const notes = [...new Set([...protectionNotes(headers, body.text), ...found.notes, ...(outer.wasCut ? [CUT] : [])])]
  const text = said || notes.join('\n')
  const reply = replyIn(text)
  const head = {
    subject: shownSubject(textHeader(headers, 'subject', 2_000)),
    from: author(headers, headerLines),
    to: people(headers, 'to'),
    headers: keptHeaders(headerLines),
  }
  const returned = returnedOf({ ...head, text }, parts)
  return {
    ...head,
    messageId: textHeader(headers, 'message-id', 2_000) || null,
    sender: people(headers, 'sender'),
    replyTo: people(headers, 'reply-to'),
    cc: people(headers, 'cc'),
    text,
    excerpt: excerptOf(reply),
    reply: reply === text ? null : reply,
    notes,
    returned,
    enclosed: returned ? null : await enclosedIn(parts),
    calendarMethod: calendarMethodIn(parts),
    attachments: found.files.map((file) => ({
      ...file,
      inline: file.contentId !== null && body.html.includes(`cid:${file.contentId}`),
    })),
  }
}

const inMemory: Sink = async (_head, content) => {
  const chunks: Uint8Array[] = []
  for await (const chunk of content) chunks.push(chunk)
  return Buffer.concat(chunks)
}

type Body = Pick<Split, 'text' | 'html'>

/** A mail may be wrapped in a signature or in Outlook's own format: then what it says is inside. */
async function bodyOf(outer: Body, found: Unpacked, take: Parameters<typeof split>[1]): Promise<Body> {
  if (outer.text.trim() || outer.html.trim()) return outer
  for (const inner of found.inner.splice(0, 1)) {
    const signed = await split(prepare(inner), take)
    if (signed.text.trim() || signed.html.trim()) return signed
  }
  return { text: found.text, html: found.html }
}
