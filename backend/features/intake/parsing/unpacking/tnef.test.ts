import { expect, test } from '@jest/globals'
import { readMail } from '../reading.ts'
import { unwrapTnef } from './tnef.ts'

const u16 = (value: number) => Buffer.from([value & 255, value >> 8])
const u32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value >>> 0)
  return bytes
}
const padded = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])
const attribute = (level: number, id: number, data: Buffer) =>
  Buffer.concat([Buffer.from([level]), u32(id), u32(data.length), data, u16(0)])
const text = (id: number, words: string) => {
  const bytes = Buffer.from(`${words}\0`, 'utf16le')
  return Buffer.concat([u16(0x1f), u16(id), u32(1), u32(bytes.length), padded(bytes)])
}
const properties = (...all: Buffer[]) => Buffer.concat([u32(all.length), ...all])

const flag = Buffer.concat([u16(0x0b), u16(0x7ffe), u32(1)])
const named = Buffer.concat([u16(3), u16(0x8005), Buffer.alloc(16), u32(0), u32(1), u32(7)])

const winmail = (file: Buffer) =>
  Buffer.concat([
    u32(0x223e9f78),
    u16(1),
    attribute(1, 0x00069007, Buffer.concat([u32(1252), u32(0)])),
    attribute(1, 0x00069003, properties(flag, named, text(0x1000, 'Grüße aus Köln'))),
    attribute(2, 0x00069002, Buffer.alloc(14)),
    attribute(2, 0x00018010, Buffer.from('SHORT~1.PDF\0')),
    attribute(2, 0x0006800f, file),
    attribute(2, 0x00069005, properties(text(0x3707, 'Rechnung für Ada.pdf'), text(0x370e, 'application/pdf'))),
  ])

test('the files and the text of a winmail.dat stand in the mail as if they had come without it', async () => {
  const file = Buffer.from(Array.from({ length: 3_000 }, (_, index) => index % 251))
  const raw = Buffer.concat([
    Buffer.from(
      'Subject: x\r\nContent-Type: application/ms-tnef; name="winmail.dat"\r\nContent-Transfer-Encoding: base64\r\n\r\n',
    ),
    Buffer.from(winmail(file).toString('base64').replace(/.{76}/g, '$&\r\n')),
  ])
  const mail = await readMail(raw)
  expect(mail.text).toBe('Grüße aus Köln')
  expect(mail.attachments).toMatchObject([{ name: 'Rechnung für Ada.pdf', contentType: 'application/pdf' }])
  expect(Buffer.from(mail.attachments[0]?.bytes ?? []).equals(file)).toBe(true)
  expect(mail.notes).toEqual(['Came from Outlook as a winmail.dat, which was unpacked.'])
})

test('a winmail.dat that is cut anywhere never throws; one that gives nothing stays a file', async () => {
  const whole = winmail(Buffer.alloc(500, 1))
  for (let end = 0; end < whole.length; end += 3) unwrapTnef(whole.subarray(0, end))
  const broken = await readMail(
    Buffer.from('Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA'),
  )
  expect(broken.attachments).toMatchObject([{ name: 'winmail.dat', contentType: 'application/ms-tnef' }])
})

test('of very long text in a winmail.dat the beginning is read, as of any other, and a note says so', async () => {
  const wrapped = Buffer.concat([u32(0x223e9f78), u16(1), attribute(1, 0x0002800c, Buffer.alloc(7_000_000, 'hello '))])
  const mail = await readMail(
    Buffer.from(
      `Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n${wrapped.toString('base64')}`,
    ),
  )
  expect(mail.text).toHaveLength(6_000_000)
  expect(mail.notes).toContainEqual(expect.stringContaining('very long'))
})

test('a winmail.dat inside a winmail.dat without end is left at some depth', () => {
  let nested = winmail(Buffer.from('core'))
  for (let depth = 0; depth < 20; depth++) nested = winmail(Buffer.concat([Buffer.alloc(16), nested]))
  expect(unwrapTnef(nested)?.files.length).toBeGreaterThan(0)
})
