import { deriveKey, macOf, sameText } from './crypto.ts'
import { DeskError } from './errors.ts'

/** Signs what leaves us and comes back: cursors, links, tokens in mail addresses. */
export type Signer = {
  /** @returns the MAC of a text for one purpose, base64url */
  mac(purpose: string, content: string, bytes?: number): string
  verify(purpose: string, content: string, mac: string, bytes?: number): boolean
}

/** @param masterKeys the first signs; all verify, so that a rotation breaks no link */
export function createSigner(masterKeys: Buffer[]): Signer {
  const keys = (purpose: string) => masterKeys.map((master) => deriveKey(master, `sign/${purpose}`))
  return {
    mac(purpose, content, bytes = 16) {
      const [key] = keys(purpose)
      if (!key) throw new Error('A signer needs a master key')
      return macOf(key, content, bytes)
    },
    verify: (purpose, content, mac, bytes = 16) =>
      keys(purpose).some((key) => sameText(macOf(key, content, bytes), mac)),
  }
}

/**
 * Packs the place where a list goes on.
 * @param list name of the list and of what it was filtered by, so that a cursor of one list is refused by another
 */
export function packCursor(signer: Signer, list: string, place: readonly (string | number | null)[]): string {
  const content = Buffer.from(JSON.stringify(place)).toString('base64url')
  return `${content}.${signer.mac('cursor', `${list}/${content}`)}`
}

/** @throws DeskError invalid_request for a cursor that we did not make, or made for another list */
export function readCursor(
  signer: Signer,
  list: string,
  cursor: string | undefined,
): (string | number | null)[] | null {
  if (cursor === undefined) return null
  const [content = '', mac = ''] = cursor.split('.')
  if (!signer.verify('cursor', `${list}/${content}`, mac))
    throw new DeskError('invalid_request', 'This cursor belongs to another list. Start again without a cursor.')
  return JSON.parse(Buffer.from(content, 'base64url').toString('utf8'))
}
