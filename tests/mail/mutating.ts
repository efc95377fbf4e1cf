import type { Random } from '../support/random.ts'

/** Mails of every shape that the parser knows, to be broken. */
export const SEEDS: readonly Buffer[] = [
  'From: Ada <ada@home.example>\r\nTo: support@fern.example\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nMessage-ID: <1@home.example>\r\n\r\nHello\r\n\r\nOn Mon, 2 Nov 2026 at 10:00, Shop <s@fern.example> wrote:\r\n> old\r\n-- \r\nAda\r\n',
  'From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\nContent-Type: text/plain; charset=iso-8859-1; format=flowed; delsp=yes\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nGr=FC=DFe =\r\nfrom me\r\n--c\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Gr&uuml;&szlig;e <img src="cid:x@y"> <a href="https://x.example/">link</a></p><blockquote>old</blockquote>\r\n--c--\r\n--b\r\nContent-Type: image/png; name="=?utf-8?b?w7wucG5n?="\r\nContent-ID: <x@y>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=\r\n--b--\r\n',
  'From: MAILER-DAEMON@home.example\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=r\r\nAuto-Submitted: auto-replied\r\n\r\n--r\r\nContent-Type: text/plain\r\n\r\nNot delivered to x@y.example\r\n--r\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; home.example\r\n\r\nFinal-Recipient: rfc822; x@y.example\r\nAction: failed\r\nStatus: 5.1.1\r\n--r\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <ours@fern.example>\r\nSubject: x\r\n\r\nbody\r\n--r--\r\n',
  'From: a@b.example\r\nContent-Type: text/calendar; method=REQUEST; name=i.ics\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nDTSTART;TZID=Europe/Berlin:20261103T100000\r\nDTEND:20261103T110000Z\r\nSUMMARY:Call\r\nORGANIZER;CN=Ada:mailto:a@b.example\r\nRRULE:FREQ=DAILY;COUNT=3\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
  `From: a@b.example\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from('789f3e2201000106900700040000000100e404e404000002106900000e00000000000000000000000000000000000002', 'hex').toString('base64')}\r\n`,
  `From: a@b.example\r\nContent-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from('308006092a864886f70d010702a0803080020101310030800609 2a864886f70d010701a080248004034869210000000000000000000000000000'.replaceAll(' ', ''), 'hex').toString('base64')}\r\n`,
  'From ada Mon Nov  2 10:00:00 2026\rFrom: a@b.example\rSubject: old Mac\r\rtext\r',
  'To: undisclosed recipients:;\nContent-Type: text/plain; charset=shift_jis\n\n\x93\xfa\x96{\x8c\xea\n',
].map((text) => Buffer.from(text, 'latin1'))

const pick = <T>(random: Random, all: readonly T[]): T => all[Math.floor(random() * all.length)] as T
const at = (random: Random, bytes: Buffer): number => Math.floor(random() * (bytes.length + 1))

const SPLINTERS = [
  '\r\n', '\r', '\n', '\r\n\r\n', '\0', '--b\r\n', '--b--', '=?utf-8?q?', '?=', '=\r\n', '=FF', '<', '>', '"', '(', '\\', ';', ',', ':', '\xff\xfe',
  '\xed\xa0\x80', '\u202e', ' '.repeat(300), 'A'.repeat(3_000), '> '.repeat(200), '<div>'.repeat(100), '<blockquote>'.repeat(30),
  'Content-Type: multipart/mixed; boundary=b\r\n', 'Content-Type: message/rfc822\r\n', 'Content-Transfer-Encoding: base64\r\n',
  'Content-Type: text/html; charset=utf-7\r\n', 'References: <a@b>\r\n', 'BEGIN:VEVENT\r\n', '-----BEGIN PGP MESSAGE-----',
] // biome-ignore format: a list to pick from

type Mutation = (mail: Buffer, random: Random) => Buffer

const MUTATIONS: readonly Mutation[] = [
  function flip(mail, random) {
    const changed = Buffer.from(mail)
    if (changed.length > 0) changed[Math.floor(random() * changed.length)] = Math.floor(random() * 256)
    return changed
  },
  function insert(mail, random) {
    const place = at(random, mail)
    return Buffer.concat([
      mail.subarray(0, place),
      Buffer.from(pick(random, SPLINTERS), 'latin1'),
      mail.subarray(place),
    ])
  },
  function remove(mail, random) {
    const [one, other] = [at(random, mail), at(random, mail)]
    return Buffer.concat([mail.subarray(0, Math.min(one, other)), mail.subarray(Math.max(one, other))])
  },
  function repeat(mail, random) {
    const begin = at(random, mail)
    const piece = mail.subarray(begin, begin + Math.floor(random() * 400))
    return Buffer.concat([
      mail.subarray(0, begin),
      ...Array.from({ length: 1 + Math.floor(random() * 8) }, () => piece),
      mail.subarray(begin),
    ])
  },
  function cross(mail, random) {
    const other = pick(random, SEEDS)
    return Buffer.concat([mail.subarray(0, at(random, mail)), other.subarray(at(random, other))])
  },
  function cut(mail, random) {
    return mail.subarray(0, at(random, mail))
  },
]

/** A mail broken in one to six ways; the same for the same draws. None is longer than a megabyte. */
export function mutated(random: Random): Buffer {
  let mail = pick(random, SEEDS)
  for (let left = 1 + Math.floor(random() * 6); left > 0; left--) mail = pick(random, MUTATIONS)(mail, random)
  return mail.subarray(0, 1_000_000)
}
