import { randomBytes } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { newId } from '../../platform/ids.ts'
import { createSigner } from '../../platform/signer.ts'
import { readReplyHeader, readTicketToken, replyHeader, staffRefOf, tokenAddress } from './token.ts'

const signer = createSigner([randomBytes(32)])
const [shop, rival, nora] = [newId(), newId(), newId()]

test('a token names its ticket and its agent, also when a mail system changed its case', () => {
  const address = tokenAddress(signer, shop, 'support@fern.example', 42, nora)
  expect(readTicketToken(signer, shop, address.toUpperCase())).toEqual({ number: 42, staffRef: staffRefOf(nora) })
})

test("a token of another workspace, or with another ticket's number, is no token", () => {
  const address = tokenAddress(signer, shop, 'support@fern.example', 42, null)
  expect(readTicketToken(signer, rival, address)).toBeNull()
  expect(readTicketToken(signer, shop, address.replace('+16-', '+17-'))).toBeNull()
})

test('the local part of a token stays within the 64 characters that mail allows', () => {
  const address = tokenAddress(signer, shop, 'customer-support@fern.example', 999_999_999, nora)
  expect(address.indexOf('@')).toBeLessThanOrEqual(64)
})

test('a token outlives the rotation of the master key', () => {
  const [old, fresh] = [randomBytes(32), randomBytes(32)]
  const address = tokenAddress(createSigner([old]), shop, 'support@fern.example', 42, null)
  expect(readTicketToken(createSigner([fresh, old]), shop, address)).toEqual({ number: 42, staffRef: null })
  expect(readTicketToken(createSigner([fresh]), shop, address)).toBeNull()
})

test('a reply header that somebody else wrote is not believed', () => {
  const entry = newId()
  expect(readReplyHeader(signer, shop, replyHeader(signer, shop, entry))).toBe(entry)
  expect(readReplyHeader(signer, shop, `${entry}.forged`)).toBeNull()
})
