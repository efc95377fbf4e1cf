import { expect, test } from '@jest/globals'
import { readMail } from '../reading.ts'
import { signedContent } from './signed.ts'

const tlv = (tag: number, ...parts: Buffer[]) => {
  const content = Buffer.concat(parts)
  const size =
    content.length < 128
      ? Buffer.from([content.length])
      : Buffer.from([0x82, content.length >> 8, content.length & 255])
  return Buffer.concat([Buffer.from([tag]), size, content])
}
const open = (tag: number, ...parts: Buffer[]) =>
  Buffer.concat([Buffer.from([tag, 0x80]), ...parts, Buffer.from([0, 0])])
const oid = (last: number) => tlv(0x06, Buffer.from([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, last]))

const inner = Buffer.from('Content-Type: text/plain; charset=utf-8\r\n\r\nSigned wörds.\r\n')
const version = tlv(0x02, Buffer.from([1]))
const digests = tlv(0x31)
const compact = tlv(
  0x30,
  oid(2),
  tlv(0xa0, tlv(0x30, version, digests, tlv(0x30, oid(1), tlv(0xa0, tlv(0x04, inner))))),
)
const streamed = open(
  0x30,
  oid(2),
  open(
    0xa0,
    open(
      0x30,
      version,
      digests,
      open(0x30, oid(1), open(0xa0, open(0x24, tlv(0x04, inner.subarray(0, 9)), tlv(0x04, inner.subarray(9))))),
    ),
  ),
)

test.each([
  ['with sizes', compact],
  ['streamed, with end marks', streamed],
])('what an opaque signature holds is read, and the signature is kept: %s', async (_name, cms) => {
  const mail = await readMail(
    Buffer.from(
      `Subject: x\r\nContent-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\n${cms.toString('base64')}`,
    ),
  )
  expect(mail.text.trim()).toBe('Signed wörds.')
  expect(mail.attachments).toMatchObject([{ name: 'smime.p7m' }])
  expect(mail.notes).toEqual([expect.stringContaining('Signed by S/MIME')])
})

test('an encrypted mail says so instead of being empty, and keeps its bytes', async () => {
  const enveloped = tlv(0x30, oid(3), tlv(0xa0, tlv(0x30, version)))
  const mail = await readMail(
    Buffer.from(
      `Subject: x\r\nContent-Type: application/pkcs7-mime; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\n${enveloped.toString('base64')}`,
    ),
  )
  expect(mail.text).toContain('Encrypted by S/MIME')
  expect(mail.attachments).toMatchObject([{ name: 'smime.p7m' }])
})

test('bytes that are cut or invented never throw', () => {
  for (const cms of [compact, streamed]) for (let end = 0; end < cms.length; end++) signedContent(cms.subarray(0, end))
  expect(signedContent(Buffer.alloc(10_000, 0x80))).toBe(null)
  expect(signedContent(Buffer.concat(Array.from({ length: 5_000 }, () => Buffer.from([0x30, 0x80]))))).toBe(null)
})
