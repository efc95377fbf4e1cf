import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { createMailParser } from '../../backend/features/intake/index.ts'

/** A folder of real mails to read, if you have one; the story below is told only then. */
const folder = process.env['SIDEDESK_MAIL_SAMPLES']

const files = (root: string): string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => join(root, name))
    .filter((path) => statSync(path).isFile() && /\.(eml|txt|msg|mime)$|\/[^.]*$/.test(path))

const parser = createMailParser(2)
afterAll(() => parser.close())

test('a mail of nothing but a subject is read', async () => {
  expect(await parser.parse(Buffer.from('Subject: x\r\n\r\n'))).toMatchObject({ subject: 'x', text: '' })
})

if (folder)
  test('every real mail is read, whole', async () => {
    const problems: string[] = []
    await Promise.all(
      files(folder).map(async (path) => {
        const raw = readFileSync(path)
        const mail = await parser.parse(raw).catch((error: unknown) => problems.push(`${path}: ${String(error)}`))
        if (typeof mail === 'object' && mail.text.includes('\uFFFD') && !raw.includes('\uFFFD'))
          problems.push(`${path}: unreadable characters`)
      }),
    )
    expect(problems).toEqual([])
  })
