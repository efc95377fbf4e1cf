import { type AddressObject, simpleParser } from 'mailparser'
import type { Mail } from './mail.ts'

/** A raw mail of the REST API (base64url) with the texts GmailMessage gives out. */
export async function readMail(raw: string): Promise<Omit<Mail, 'id' | 'threadId'>> {
  const parsed = await simpleParser(Buffer.from(raw, 'base64url'))
  const header = (name: string) =>
    parsed.headerLines.find((line) => line.key === name)?.line.replace(/^[^:]*:\s*/, '') ?? ''
  return {
    headers: parsed.headerLines.map(({ line }) => split(line)),
    subject: parsed.subject ?? '',
    from: addresses(parsed.from) || header('from'),
    to: addresses(parsed.to),
    cc: addresses(parsed.cc),
    bcc: addresses(parsed.bcc),
    replyTo: addresses(parsed.replyTo),
    dateMs: parsed.date?.getTime() ?? 0,
    plainBody: parsed.text ?? '',
    body: typeof parsed.html === 'string' ? parsed.html : (parsed.textAsHtml ?? ''),
    attachments: parsed.attachments.map(({ filename, contentType, size }) => ({
      name: filename ?? '',
      contentType,
      size,
    })),
  }
}

/** A header line with its folding undone. */
function split(line: string): [string, string] {
  const colon = line.indexOf(':')
  return [
    line.slice(0, colon),
    line
      .slice(colon + 1)
      .replaceAll(/\r?\n[ \t]+/g, ' ')
      .trim(),
  ]
}

function addresses(given: AddressObject | AddressObject[] | undefined): string {
  return [given ?? []]
    .flat()
    .map((each) => each.text)
    .join(', ')
}
