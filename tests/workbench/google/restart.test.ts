import { spawn } from 'node:child_process'
import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { ADA, ARCHIVE, clientFor, encoded, fromAda, inFolder, mail, NORA, question, SUPPORT, start } from './start.ts'

test('after a restart every mail, id, label, draft, history record and ledger is as it was', () =>
  inFolder(async (dataDir) => {
    const first = await start({ dataDir })
    const before = first.users.historyId(NORA)
    first.deliver(question(), fromAda)
    first.deliver(question([], '<q2@customer.example>'), fromAda)
    first.users.send(NORA, { bytes: mail([`From: ${SUPPORT}`, `To: ${ADA}`, 'Subject: x', '', 'x']) })
    const nora = clientFor(first, NORA)
    const label = await nora.users.labels.create({ userId: 'me', requestBody: { name: 'Mine' } })
    const id = first.users.mails(NORA)[0]?.id ?? ''
    await nora.users.messages.modify({ userId: 'me', id, requestBody: { addLabelIds: [label.data.id ?? ''] } })
    await nora.users.messages.delete({ userId: 'me', id: first.users.mails(NORA)[1]?.id ?? '' })
    await nora.users.drafts.create({ userId: 'me', requestBody: { message: { raw: encoded(question()) } } })
    const seen = async (google: typeof first) => {
      const client = clientFor(google, NORA)
      const { messages = [] } = (await client.users.messages.list({ userId: 'me' })).data
      return {
        mails: await Promise.all(
          messages.map(
            async (m) => (await client.users.messages.get({ userId: 'me', id: m.id ?? '', format: 'raw' })).data,
          ),
        ),
        history: (await client.users.history.list({ userId: 'me', startHistoryId: before })).data,
        drafts: (await client.users.drafts.list({ userId: 'me' })).data,
        labels: (await client.users.labels.list({ userId: 'me' })).data,
        profile: (await client.users.getProfile({ userId: 'me' })).data,
        ledger: google.customers.inbox(ADA),
        archive: google.users.mails(ARCHIVE),
      }
    }
    const remembered = await seen(first)
    expect(remembered.mails).toHaveLength(3)
    await first.close()

    const second = await start({ dataDir })
    expect(await seen(second)).toEqual(remembered)
    second.deliver(question([], '<q3@customer.example>'), fromAda)
    expect(BigInt(second.users.historyId(NORA))).toBeGreaterThan(BigInt(remembered.profile.historyId ?? 0))
    await second.close()
  }))

test('a killed process loses nothing it had answered', () =>
  inFolder(async (dataDir) => {
    const told = await untilKilled(dataDir, 200)
    const google = await start({ dataDir })
    const kept = new Set(google.users.mails(NORA).map((m) => m.id))
    expect(told.filter((id) => !kept.has(id))).toEqual([])
    expect(kept.size).toBeGreaterThanOrEqual(told.length)
    for (const m of google.users.mails(NORA))
      expect(google.users.rawOf(m).toString()).toContain('The jar arrived broken.')
    await google.close()
  }))

test('a half written last line is cut off and the journal goes on', () =>
  inFolder(async (dataDir) => {
    const first = await start({ dataDir })
    first.deliver(question(), fromAda)
    await first.close()
    await appendFile(join(dataDir, 'journal.jsonl'), '[{"t":"added","user":"nora@honey')
    const second = await start({ dataDir })
    second.deliver(question([], '<q2@customer.example>'), fromAda)
    await second.close()
    const third = await start({ dataDir })
    expect(third.users.mails(NORA)).toHaveLength(2)
    await third.close()
  }))

/** The ids the process named before it was killed at a random moment after the given count. */
function untilKilled(dataDir: string, count: number): Promise<string[]> {
  const script = new URL('./crashing.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [script, dataDir], {
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return new Promise((done) => {
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.split('\n').length > count) child.kill('SIGKILL')
    })
    child.on('close', () => done(text.slice(0, text.lastIndexOf('\n')).split('\n')))
  })
}
