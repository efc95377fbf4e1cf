import { parentPort } from 'node:worker_threads'
import EmailReplyParser from 'email-reply-parser'
import { convert } from 'html-to-text'
import { simpleParser } from 'mailparser'
import planer from 'planer'
import PostalMime from 'postal-mime'
import type { Found } from './comparing.ts'
import type { Library, Tried } from './libraries.ts'

type Ask = { library: Library; kind: 'mail' | 'text' | 'html'; bytes: Uint8Array; text: string }

parentPort?.on('message', async ({ library, kind, bytes, text }: Ask) => {
  const tried: Tried = await find(library, kind, Buffer.from(bytes), text).then(
    (found) => ({ found }),
    (error: unknown) => ({ threw: String(error) }),
  )
  parentPort?.postMessage(tried)
})

async function find(library: Library, kind: Ask['kind'], bytes: Buffer, text: string): Promise<Found> {
  if (library === 'mailparser' || library === 'postal-mime') return kind === 'mail' ? parsed(library, bytes) : {}
  const whole = kind === 'mail' ? ((await parsed('mailparser', bytes)).body ?? '') : text
  return {
    reply:
      library === 'planer'
        ? planer.extractFrom(whole, 'text/plain')
        : new EmailReplyParser().read(whole).getVisibleText(),
  }
}

async function parsed(library: 'mailparser' | 'postal-mime', bytes: Buffer): Promise<Found> {
  if (library === 'mailparser') {
    const mail = await simpleParser(bytes)
    return {
      subject: mail.subject ?? '',
      from: mail.from?.value[0]?.address ?? '',
      body: mail.text ?? '',
      attachments: mail.attachments.map(({ filename }) => filename ?? ''),
    }
  }
  const mail = await PostalMime.parse(bytes)
  return {
    subject: mail.subject ?? '',
    from: mail.from?.address ?? '',
    body: mail.text ?? (mail.html ? convert(mail.html, { wordwrap: false }) : ''),
    attachments: mail.attachments.map(({ filename }) => filename ?? ''),
  }
}
