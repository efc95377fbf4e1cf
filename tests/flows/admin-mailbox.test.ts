import { afterEach, expect, test } from '@jest/globals'
import { allWorkspaces } from '../../backend/admin/choosing.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { ARCHIVE, CLEO, consent, foundWorkspace, type Ground, NORA, SUPPORT, startGround } from '../support/ground.ts'
import { adminProcessWith } from '../support/processes/admin-process.ts'

let ground: Ground
const begin = async (...given: Parameters<typeof startGround>) => {
  ground = await startGround(...given)
  await foundWorkspace(ground)
  return ground
}
afterEach(() => ground.stop())

const CONSENT_URL = /http:\/\/127\.0\.0\.1:\d+\/o\/oauth2\S+/
const CODE = /in the subject: (\w+)/

const inWorkspaceOf = async <T>({ ctx }: Ground, read: Parameters<typeof inWorkspace<T>>[2]): Promise<T> => {
  const [workspace] = await allWorkspaces(ctx)
  return inWorkspace(ctx, workspace?.id ?? '', read, { reads: true })
}

test('the archive account consents in a browser, two mails prove the ways in, and the first is the first ticket', async () => {
  const { admin, google, env, startWorker } = await begin()
  await startWorker()
  const real = adminProcessWith(env)
  const command = real.begin('mailbox', 'connect', SUPPORT)
  const [url] = await command.says(CONSENT_URL)
  expect(await (await consent(url, ARCHIVE)).text()).toContain('Close this window')
  const [, code = ''] = await command.says(CODE)
  await google.customers.write({ from: CLEO, to: SUPPORT, subject: `Where is my honey? ${code}`, text: 'It is late.' })
  await google.customers.write({
    from: CLEO,
    to: `support+${code}@honeyhill.example`,
    subject: 'Again',
    text: 'Hello?',
  })
  const { code: exit, out } = await command.ended
  expect(out).toContain(`It may send as ${SUPPORT}`)
  expect(out).toContain(`Works:   Mail to ${SUPPORT} reaches ${ARCHIVE}`)
  expect(out).toContain('Works:   Plus addresses')
  expect(out).toContain('2 became a ticket')
  expect(exit).toBe(0)
  const subjects = await inWorkspaceOf(ground, (tx) => tx.ticket.findMany({ orderBy: { number: 'asc' } }))
  expect(subjects).toHaveLength(2) // our own test mails made none
  expect(
    await inWorkspaceOf(ground, (tx) => tx.event.findMany({ where: { type: 'mailbox.connected' } })),
  ).toMatchObject([{ actorKind: 'system' }])
  real.end()
  expect((await admin.run('mailbox', 'list')).out).toMatch(/support@\S+ +archive@\S+ +connected +\d{4}-/)
})

test('only the browser that was sent to Google may bring the code', async () => {
  const { admin, google } = await begin()
  const command = admin.begin('mailbox', 'connect', SUPPORT, '--no-test')
  const [url] = await command.says(CONSENT_URL)
  const asked = new URL(url).searchParams
  expect(asked.get('code_challenge_method')).toBe('S256')
  expect(asked.get('access_type')).toBe('offline')
  const forged = await fetch(`${asked.get('redirect_uri')}/?code=stolen&state=guess`)
  expect(forged.status).toBe(400)
  await fetch(`${url}&deny=1`)
  const { code, err } = await command.ended
  expect(code).toBe(1)
  expect(err).toContain('access_denied')
  expect(google.users.mails(ARCHIVE)).toHaveLength(0)
})

test('the wrong account, a wrong client and a stranger domain are said before anything is stored', async () => {
  const { admin, env } = await begin()
  const wrong = admin.begin('mailbox', 'connect', SUPPORT, '--archive', ARCHIVE, '--no-test')
  await consent((await wrong.says(CONSENT_URL))[0], NORA)
  expect((await wrong.ended).err).toContain(`You signed in as ${NORA}`)
  expect((await admin.run('mailbox', 'connect', 'support@elsewhere.example')).err).toContain(
    'domain add elsewhere.example',
  )
  expect((await admin.run('mailbox', 'connect', SUPPORT, '--port', 'x')).err).toContain('whole number')
  expect((await admin.run('mailbox', 'check')).err).toContain('mailbox connect')
  expect(await inWorkspaceOf(ground, (tx) => tx.mailbox.count())).toBe(0)
  expect(env.GOOGLE_CLIENT_SECRET).toBe('desk-secret')
})

test('a service account needs no browser, and a colleague sends the test mails, which become no tickets', async () => {
  const { admin, robotFile, startWorker } = await begin()
  await startWorker()
  const connect = ['mailbox', 'connect', SUPPORT, '--service-account', robotFile, '--archive', ARCHIVE]
  const { code, out, err } = await admin.run(...connect, '--test-as', NORA, '--wait', '60')
  expect(err).toBe('')
  expect(out).toContain(`Mail to ${SUPPORT} reaches ${ARCHIVE}`)
  expect(out).toContain('Plus addresses')
  expect(code).toBe(0)
  expect(await inWorkspaceOf(ground, (tx) => tx.ticket.count())).toBe(0)
  expect((await admin.run('mailbox', 'check')).out).toContain('There was no new mail')
  expect((await admin.run('mailbox', 'pause')).out).toContain('paused')
  expect((await admin.run('mailbox', 'check')).out).toContain('mailbox resume')
  expect((await admin.run('mailbox', 'resume')).out).toContain('read again')
})

test('what is missing at Google is named: alias, group, delivery to the archive', async () => {
  const users = [
    { email: NORA, name: 'Nora Lind' },
    { email: ARCHIVE, name: 'Archive' },
  ]
  const noArchive = [{ email: SUPPORT, name: 'Support', members: [NORA] }]
  const { admin, robotFile } = await begin({ users, groups: noArchive })
  const connect = (address: string) =>
    admin.run(
      'mailbox',
      'connect',
      address,
      '--service-account',
      robotFile,
      '-a',
      ARCHIVE,
      '--test-as',
      NORA,
      '--wait',
      '2',
    )
  const { code, out } = await connect(SUPPORT)
  expect(code).toBe(1)
  expect(out).toContain(`${ARCHIVE} may not send as ${SUPPORT}`)
  expect(out).toContain(`Gmail replaced the sender ${SUPPORT}`)
  expect(out).toContain('the Group does not deliver to the archive')
  expect(out).toContain('no worker runs')
  const nobody = await connect('help@honeyhill.example')
  expect(nobody.out).toContain('Nobody has the address help@honeyhill.example')
})

test('a service account without delegation is refused in words, and a file that is no key as well', async () => {
  const { admin, robotFile } = await begin({ serviceAccounts: [] })
  const connect = (file: string, ...more: string[]) =>
    admin.run('mailbox', 'connect', SUPPORT, '--service-account', file, ...more)
  expect((await connect(robotFile)).err).toContain('--archive')
  expect((await connect(robotFile, '-a', ARCHIVE)).err).toMatch(
    /client 42 needs exactly these scopes:\s+\S+gmail\.modify/,
  )
  expect((await connect('/nowhere.json', '-a', ARCHIVE)).err).toContain('cannot be read')
  expect((await connect(process.execPath, '-a', ARCHIVE)).err).toContain('no JSON key')
})
