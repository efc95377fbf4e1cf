import { invitationWords, LARGEST_CALENDAR } from '../calendar.ts'
import { nameFor, safeName } from '../names.ts'
import type { AttachmentHead, Sink } from '../parsed-mail.ts'
import { CUT, MOST_TEXT, type Part } from '../splitting.ts'
import { storable } from '../text.ts'
import { signedContent } from './signed.ts'
import { unwrapTnef } from './tnef.ts'

/** What the attachments of a mail turn out to hold besides files. */
export type Unpacked = {
  files: (AttachmentHead & { bytes: Uint8Array | null })[]
  /** Text and HTML of a mail that came wrapped. */
  text: string
  html: string
  invitations: string[]
  /** Mails inside an opaque signature, to be read like the mail itself. */
  inner: Buffer[]
  notes: Set<string>
}

/** Larger ones stay the files they are: unpacking takes memory. */
const LARGEST_WRAPPED = 40_000_000
/** Files of one mail that are kept apart; the raw mail holds all of them. */
const MOST_FILES = 1_000

const TNEF = /^application\/(vnd\.)?ms-tnef$/
const PKCS7 = /^application\/(x-)?pkcs7-mime$/

/** Keeps each part in the sink, and unpacks those that hold more than a file. */
export function unpacker(sink: Sink) {
  const found: Unpacked = { files: [], text: '', html: '', invitations: [], inner: [], notes: new Set() }
  const keep = async (head: AttachmentHead, content: AsyncIterable<Uint8Array>) => {
    if (found.files.length >= MOST_FILES) {
      found.notes.add(`Only the first ${MOST_FILES} files are kept apart; the others are in the mail itself.`)
      return drain(content)
    }
    found.files.push({ ...head, bytes: await sink(head, content) })
  }
  const keepBytes = (head: AttachmentHead, bytes: Uint8Array) =>
    keep(head, [bytes] as unknown as AsyncIterable<Uint8Array>)

  async function take(part: Part): Promise<void> {
    const head = headOf(part, found.files.length + 1)
    const kind = kindOf(part, head)
    if (kind === 'file') return keep(head, part.content)
    const bytes = await gather(part.content)
    if (kind === 'calendar') {
      if (bytes.length <= LARGEST_CALENDAR) addInvitation(found, bytes)
      return keepBytes(head, bytes)
    }
    if (kind === 'pkcs7') {
      const inner = signedContent(bytes)
      if (inner) found.inner.push(inner)
      found.notes.add(inner ? SIGNED : ENCRYPTED)
      return keepBytes(head, bytes)
    }
    const unwrapped = bytes.length <= LARGEST_WRAPPED ? unwrapTnef(bytes) : null
    if (!unwrapped) return keepBytes(head, bytes)
    found.text ||= fitting(found, unwrapped.text)
    found.html ||= fitting(found, unwrapped.html)
    found.notes.add(UNWRAPPED)
    for (const file of unwrapped.files) await keepBytes(namedHead(file, found.files.length + 1), file.bytes)
  }
  return { found, take }
}

export const SIGNED = 'Signed by S/MIME. The signature is kept beside the mail and was not checked.'
export const ENCRYPTED =
  'Encrypted by S/MIME: its text cannot be read here. Open the mail with the program that holds the key.'
const UNWRAPPED = 'Came from Outlook as a winmail.dat, which was unpacked.'

type Kind = 'file' | 'calendar' | 'pkcs7' | 'tnef'

function kindOf({ contentType, filename }: Part, { name }: AttachmentHead): Kind {
  const type = contentType.toLowerCase()
  if (TNEF.test(type) || /^winmail\.dat$/i.test(filename)) return 'tnef'
  if (type === 'text/calendar' || /\.ics$/i.test(name)) return 'calendar'
  if (PKCS7.test(type) || /\.p7m$/i.test(name)) return 'pkcs7'
  return 'file'
}

function addInvitation(found: Unpacked, bytes: Buffer): void {
  const words = invitationWords(new TextDecoder().decode(bytes))
  if (words !== null && !found.invitations.includes(words)) found.invitations.push(words) // often sent twice, as a part and as a file
}

const headOf = ({ contentType, filename, cid }: Part, position: number): AttachmentHead =>
  namedHead({ contentType, name: filename, contentId: cid || null }, position)

function namedHead({ contentType, name, contentId }: AttachmentHead, position: number): AttachmentHead {
  const type = storable(contentType || 'application/octet-stream', 200).toLowerCase()
  return {
    name: safeName(storable(name)) || nameFor(type, position),
    contentType: type,
    contentId: contentId ? storable(contentId, 900) : null,
  }
}

/** As much of a text as is read of any mail. */
function fitting({ notes }: Unpacked, text: string): string {
  if (text.length <= MOST_TEXT) return text
  notes.add(CUT)
  return text.slice(0, MOST_TEXT)
}

async function gather(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of content) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function drain(content: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const chunk of content) void chunk
}
