import { type Random, randomFrom } from '../../support/random.ts'
import { textOf, zipfWords } from '../world/words.ts'

/** Half of real mails are below the median and one in ten is above the ninth decile; in between they are log-normal. */
const SIZES = { median: 8_400, ninthDecile: 22_600 }
const NINTH_DECILE = 1.2816
const SMALLEST = 1_500
const WITH_FILE = 0.1

/** Distinct mails from distinct customers, each a new problem: the same seed makes the same mails. */
export function makeMails(count: number, seed: number): Buffer[] {
  const random = randomFrom(seed)
  const word = zipfWords(20_000, random)
  return Array.from({ length: count }, (_, number) => makeMail(number, seed, random, word))
}

function makeMail(number: number, seed: number, random: Random, word: () => string): Buffer {
  const size = Math.max(
    SMALLEST,
    SIZES.median * Math.exp((Math.log(SIZES.ninthDecile / SIZES.median) / NINTH_DECILE) * normal(random)),
  )
  const withFile = random() < WITH_FILE
  const written = withFile ? size * 0.3 : size
  const text = textOf(word, written * 0.25)
  const id = `${seed}.${number}.${word()}`
  const head = [
    `Received: by mx.google.com with SMTPS id ${id}; Fri, 20 Nov 2026 10:00:00 -0800 (PST)`,
    `From: "${word()} ${word()}" <customer${number}.${seed}@buyers.example>`,
    'To: support@bench.example',
    `Subject: ${word()} ${word()} ${word()} =?utf-8?q?f=C3=BCr?= ${word()}`,
    `Message-ID: <${id}@buyers.example>`,
    'Date: Fri, 20 Nov 2026 19:00:00 +0100',
    'MIME-Version: 1.0',
    `DKIM-Signature: v=1; a=rsa-sha256; d=buyers.example; s=s1; bh=${random()}; b=${Array.from({ length: 12 }, random).join('')}`,
  ]
  const both = multipart('alternative', `a${number}`, [
    part('text/plain; charset=utf-8', 'quoted-printable', quoted(text)),
    part('text/html; charset=utf-8', 'quoted-printable', quoted(htmlOf(text, word, written * 0.63))),
  ])
  const body = withFile ? multipart('mixed', `m${number}`, [both, file(size * 0.7, random)]) : both
  return Buffer.from(`${head.join('\r\n')}\r\n${body}`)
}

const normal = (random: Random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

const multipart = (kind: string, boundary: string, parts: string[]) =>
  `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${parts.map((one) => `--${boundary}\r\n${one}\r\n`).join('')}--${boundary}--\r\n`

const part = (type: string, encoding: string, body: string) =>
  `Content-Type: ${type}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}`

function file(bytes: number, random: Random): string {
  const content = Buffer.from(Array.from({ length: Math.floor(bytes * 0.73) }, () => random() * 256))
  const lines = content.toString('base64').match(/.{1,76}/g) ?? []
  return `Content-Disposition: attachment; filename="photo.jpg"\r\n${part('image/jpeg', 'base64', lines.join('\r\n'))}`
}

/** Mail clients wrap every paragraph in styles. */
function htmlOf(text: string, word: () => string, bytes: number): string {
  const paragraphs = text
    .split('\n\n')
    .map(
      (one) => `<p style="margin:0;font-family:Arial,sans-serif;font-size:14px">${one.replaceAll('\n', '<br>\n')}</p>`,
    )
  let html = `<html><body>${paragraphs.join('\n')}`
  while (html.length < bytes)
    html += `\n<div class="signature"><span style="color:#666666">${word()} ${word()}</span><br></div>`
  return `${html}</body></html>`
}

const quoted = (text: string) =>
  text
    .replaceAll('=', '=3D')
    .split('\n')
    .flatMap(
      (line) => line.match(/.{1,72}/g)?.map((piece, at, all) => (at < all.length - 1 ? `${piece}=` : piece)) ?? [''],
    )
    .join('\r\n')
