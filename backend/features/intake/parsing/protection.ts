import type { Headers } from 'mailparser'
import { SIGNED } from './unpacking/unpacking.ts'

/** What the mail's own type and text say about signing and encryption. Nothing is checked or opened: that takes keys. */
export function protectionNotes(headers: Headers, text: string): string[] {
  const type = headers.get('content-type') as { value?: string; params?: Record<string, string> } | undefined
  const kind = type?.value?.toLowerCase() ?? ''
  const protocol = type?.params?.['protocol']?.toLowerCase() ?? ''
  if (kind === 'multipart/encrypted') return [ENCRYPTED_PGP]
  if (kind === 'multipart/signed') return [protocol.includes('pgp') ? SIGNED_PGP : SIGNED]
  const head = text.trimStart().slice(0, 100)
  if (head.startsWith('-----BEGIN PGP MESSAGE-----')) return [ENCRYPTED_PGP]
  if (head.startsWith('-----BEGIN PGP SIGNED MESSAGE-----')) return [SIGNED_PGP]
  return []
}

const SIGNED_PGP = 'Signed by PGP. The signature is kept with the mail and was not checked.'
const ENCRYPTED_PGP =
  'Encrypted by PGP: its text cannot be read here. Open the mail with the program that holds the key.'
