import { afterEach, expect, test } from '@jest/globals'
import { createMailParser, type MailParser } from '../../backend/features/intake/parsing/pool.ts'
import { makeMails } from '../load/mail/mails.ts'
import { parsersHere } from '../support/parsers.ts'

let parser: MailParser | undefined
afterEach(async () => {
  await parser?.close()
})

const mail = (subject: string) => Buffer.from(`Subject: ${subject}\r\n\r\ntext`)
const withFile = Buffer.from(
  'Subject: file\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/x; name=x\r\n\r\nletters\r\n--b--',
)

/** From now on tells which parser processes were started. */
function newParsers(): () => number[] {
  const before = parsersHere()
  return () => parsersHere().filter((pid) => !before.includes(pid))
}

// Elsewhere nobody tells which processes there are.
if (process.platform === 'linux') {
  test('quick mails stand in line for one process', async () => {
    const started = newParsers()
    parser = createMailParser(2, { inLineMs: 600_000 }) // on a slow machine no mail is quick
    const { parse } = parser
    await Promise.all(Array.from({ length: 12 }, (_, index) => parse(mail(`mail ${index}`))))
    expect(started()).toHaveLength(1)
  })

  test('a slow mail holds up those behind it no longer than another process takes to start', async () => {
    const started = newParsers()
    parser = createMailParser(2)
    const { parse } = parser
    const ended: string[] = []
    const slow = parse(withFile, async (_head, content) => {
      for await (const _piece of content) await new Promise((resolve) => setTimeout(resolve, 1_000))
      while (!ended.includes('quick')) await new Promise((resolve) => setTimeout(resolve, 20))
    }).then(() => ended.push('slow'))
    const quick = parse(mail('quick')).then(() => ended.push('quick'))
    await Promise.all([slow, quick])
    expect(ended).toEqual(['quick', 'slow'])
    expect(started()).toHaveLength(2)
  })

  test('who stands in line while one more process starts is served by the first that is free', async () => {
    const started = newParsers()
    parser = createMailParser(2)
    const { parse } = parser
    await parse(mail('first'))
    const [reads] = started()
    let starting: number | undefined
    const slow = parse(withFile, async (_head, content) => {
      for await (const _piece of content)
        while (starting === undefined) {
          starting = started().find((pid) => pid !== reads)
          if (starting !== undefined) process.kill(starting, 'SIGSTOP') // long before it takes mails
          await new Promise((resolve) => setImmediate(resolve))
        }
    })
    const quick = parse(mail('quick'))
    await slow
    expect(await quick).toMatchObject({ subject: 'quick' })
  })

  test('a mail whose time is over while its process got no processor is told as starved: it is not its fault', async () => {
    const started = newParsers()
    parser = createMailParser(1, { timeoutMs: 5_000 }) // so much may a busy machine need for the first
    await parser.parse(mail('first'))
    for (const pid of started()) process.kill(pid, 'SIGSTOP')
    await expect(parser.parse(mail('stopped'))).rejects.toMatchObject({ name: 'ParserFailed', how: 'starved' })
    expect((await parser.parse(mail('next'))).subject).toBe('next')
  })

  test('one process reads thousands of usual mails: what they leave behind does not wear it out', async () => {
    const started = newParsers()
    parser = createMailParser(1)
    const { parse } = parser
    const mails = makeMails(500, 3)
    const pids = new Set<number>()
    for (let round = 0; round < 5; round++) {
      let next = 0
      const read = async () => {
        for (let bytes = mails[next++]; bytes; bytes = mails[next++]) await parse(bytes)
      }
      await Promise.all(Array.from({ length: 4 }, read))
      for (const pid of started()) pids.add(pid)
    }
    expect(pids.size).toBe(1)
  })
}
