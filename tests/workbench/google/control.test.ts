import { request } from 'node:http'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { Google } from '../../../workbench/emulators/google/google.ts'
import { ADA, ARCHIVE, clientFor, NORA, question, refusalOf, SUPPORT, start } from './start.ts'

let google: Google

beforeEach(async () => {
  google = await start()
})

afterEach(() => google.close())

const post = async (path: string, body: object = {}) => {
  const response = await fetch(`${google.url}/_workbench/${path}`, { method: 'POST', body: JSON.stringify(body) })
  return { status: response.status, body: await response.json() }
}

const get = async (path: string) => (await fetch(`${google.url}/_workbench/${path}`)).json()

test('a customer can be played over HTTP: write, look at the answer, reply', async () => {
  const written = await post(`customers/${ADA}/mails`, { to: SUPPORT, subject: 'Grüße', text: 'Hallo' })
  expect(written.body).toMatchObject({ copies: [{ mailbox: NORA }, {}, { mailbox: ARCHIVE }] })
  const lines = [`From: ${SUPPORT}`, `To: ${ADA}`, 'Subject: Re: =?UTF-8?B?R3LDvMOfZQ==?=', '', 'Servus']
  google.users.send(NORA, { bytes: Buffer.from(lines.join('\r\n')) })
  expect(await get(`customers/${ADA}`)).toMatchObject([{ text: 'Servus', subject: 'Re: Grüße' }])
  const replied = await post(`customers/${ADA}/replies`, { text: 'Danke' })
  expect(replied.body).toMatchObject({ copies: [{ mailbox: NORA }, {}, {}] })
})

test('raw mail, faults, floors and tokens can be ordered over HTTP', async () => {
  await post('deliveries', { raw: question().toString('base64'), from: ADA, to: [SUPPORT] })
  expect(google.users.mails(ARCHIVE)).toHaveLength(1)
  const { token } = (await post(`users/${NORA}/access-token`)).body as { token: string }
  const nora = clientFor(google, NORA, token)
  await post('faults', { method: 'gmail.users.*', kind: '503' })
  expect((await refusalOf(nora.users.getProfile({ userId: 'me' }))).status).toBe(503)
  await post(`users/${NORA}/history-floor`)
  expect((await refusalOf(nora.users.history.list({ userId: 'me', startHistoryId: '1000' }))).status).toBe(404)
  await post(`users/${NORA}/revocation`)
  expect((await refusalOf(nora.users.getProfile({ userId: 'me' }))).status).toBe(401)
})

test('a wrong order is refused and says what is wrong', async () => {
  expect((await post('faults', { method: 'x', kind: 'meteor' })).status).toBe(400)
  expect((await post('users/nobody@x.example/revocation')).status).toBe(404)
})

test('a page from another site cannot steer the workbench', async () => {
  const response = await fetch(`${google.url}/_workbench/routing`, {
    method: 'POST',
    body: '{"on":false}',
    headers: { 'sec-fetch-site': 'cross-site' },
  })
  expect(response.status).toBe(403)
  const rebound = new Promise((done) => {
    request(`${google.url}/_workbench/users`, { headers: { host: 'evil.example' } }, (r) =>
      done(r.resume().statusCode),
    ).end()
  })
  expect(await rebound).toBe(403)
})
