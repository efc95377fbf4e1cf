import { author, shownSubject, textHeader } from './headers.ts'
import type { Enclosed } from './parsed-mail.ts'
import { prepare } from './preparing.ts'
import type { ReportPart } from './returned.ts'
import { split } from './splitting.ts'
import { textOf } from './text.ts'

/**
 * The one mail that stands in another as a file, as far as its beginning is kept; its own files stay in it.
 * @returns null when there is none or several, and for one that nobody can read or that names nobody
 */
export async function enclosedIn(parts: readonly ReportPart[]): Promise<Enclosed | null> {
  const [only, ...others] = parts.filter(({ contentType }) => /^message\/(rfc822|global)\b/.test(contentType))
  if (!only || others.length > 0) return null
  try {
    const { headers, headerLines, text, html } = await split(prepare(Buffer.from(only.bytes)), drain)
    const from = author(headers, headerLines)
    return from && { from, subject: shownSubject(textHeader(headers, 'subject', 2_000)), text: textOf({ text, html }) }
  } catch {
    return null // anything may be sent as a mail in a mail; it stays a file
  }
}

async function drain({ content }: { content: AsyncIterable<Uint8Array> }): Promise<void> {
  for await (const chunk of content) void chunk
}
