import { PassThrough } from 'node:stream'
import { expect, test } from '@jest/globals'
import { createLog } from './log.ts'

test('a log line censors personal fields and what errors quote', async () => {
  const lines = new PassThrough()
  const log = createLog('info', 'test', { destination: lines })
  log.info(
    { email: 'ada@ada.example', mail: { subject: 'Broken jar', from: 'ada@ada.example' }, ticketId: 't1' },
    'a mail came',
  )
  log.error({ err: new Error(`Key (email_key)=(ada@ada.example) exists: "Broken jar"`) }, 'a job failed')
  const text = lines.read().toString()
  expect(text).not.toMatch(/ada@|Broken/)
  expect(text).toContain('"ticketId":"t1"')
  expect(text).toContain('log.test.ts')
})

test('a log line keeps no word of a customer that an error’s stack or an unclosed quote carries', () => {
  const lines = new PassThrough()
  const log = createLog('info', 'test', { destination: lines })
  const refused = new Error(
    `Invalid \`tx.customer.create()\`\n  data: {\n at the door: "Ada Lovelace"\n }\n\nUnknown argument.`,
  )
  refused.name = 'PrismaClientValidationError'
  log.error({ err: refused }, 'a job failed')
  log.error({ err: new Error(`cannot store "${'Dear Ada, '.repeat(100)}`) }, 'a job failed')
  const text = lines.read().toString()
  expect(text).not.toMatch(/Lovelace|Dear|door/)
  expect(text).toContain('Unknown argument.')
  expect(text).toContain('log.test.ts')
})

test('what a mask knows is in no line, whichever field or error holds it', () => {
  const destination = new PassThrough()
  const log = createLog('info', 'test', { mask: (line) => line.replaceAll('ccgc2345', '[code]'), destination })
  log.warn({ detail: 'ccgc2345', err: new Error('took ccgc2345') }, 'card ccgc2345')
  const text = destination.read().toString()
  expect(text).not.toContain('ccgc2345')
  expect(text.match(/\[code\]/g)).toHaveLength(3)
})
