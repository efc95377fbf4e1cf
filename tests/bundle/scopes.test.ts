import { expect, test } from '@jest/globals'
import { listReports } from '../../shared/analytics.ts'
import { startReplyDraft } from '../../shared/drafts.ts'
import { showQueue } from '../../shared/queues.ts'
import { lookUpTicket } from '../../shared/tickets.ts'
import type { Manifest } from '../../toolchain/addon/manifest.ts'
import { type AddonUnderTest, startAddon } from './support/addon.ts'
import { queueCard } from './support/queue-cards.ts'
import { listed } from './support/reports.ts'
import { Refused } from './support/stand-in.ts'
import { ticketView } from './support/views.ts'

const auth = (name: string) => `https://www.googleapis.com/auth/${name}`
const DRAFT = {
  from: 's@honeyhill.example',
  to: 'ada@customer.example',
  subject: 'Re',
  text: 'Dear Ada',
  replyTo: 's+t@honeyhill.example',
  bcc: 'a+t@honeyhill.example',
}

/** What a person sees along one journey: homepage, open mail, draft, reports beside a spreadsheet. */
async function journey(addon: AddonUnderTest) {
  const forSomebody = <T>(token: string, reply: T): T => {
    if (token.endsWith('no address')) throw new Refused('unauthenticated', 'The token names nobody.')
    return reply
  }
  addon.backend.on(showQueue, ({ token }) => forSomebody(token, queueCard()))
  addon.backend.on(lookUpTicket, ({ token }) => forSomebody(token, { ticket: ticketView(), key: 'key-of-look-up' }))
  addon.backend.on(startReplyDraft, () => DRAFT)
  const { panel, card, text, press, failure } = addon.panelOf()
  await panel.openHomepage()
  const homepage = card().header?.title
  await panel.openMessage(await addon.mailArrives('Broken jar', 'The jar arrived broken.'))
  const mail = card().header?.title
  const answered = text().includes('"Assignee"') ? await press('Reply in Gmail') : undefined
  const time = /Waiting since","text":"([^"]*)/.exec(text())?.[1]
  return {
    homepage,
    mail,
    time,
    draft: answered?.draft ? 'opened' : (failure() ?? 'none'),
    reports: await beside(addon),
  }
}

async function beside(addon: AddonUnderTest) {
  addon.backend.on(listReports, () => listed())
  addon.spreadsheets.add({ id: 'book', name: 'Figures' })
  const sheets = addon.panelOf(undefined, { hostApp: 'SHEETS', spreadsheet: 'book' })
  await sheets.panel.openHomepage()
  return sheets.card().header?.title
}

const WHOLE = {
  homepage: 'Honey Hill',
  mail: 'TKT-000042 · Open',
  time: '10:00 (1 h)',
  draft: 'opened',
  reports: 'Reports',
}

/** What each scope is for: the part of the journey that is lost without it. */
const LOST: Record<string, Partial<Record<keyof typeof WHOLE, unknown>>> = {
  openid: { homepage: 'Please sign in again' },
  [auth('userinfo.email')]: { homepage: 'Please sign in again' },
  [auth('script.external_request')]: { homepage: 'Sidedesk does not answer' },
  [auth('script.locale')]: { time: expect.stringMatching(/^0?9:00/) },
  [auth('gmail.addons.current.message.readonly')]: { mail: 'Open the mail again' },
  [auth('gmail.addons.current.action.compose')]: { draft: expect.stringContaining('stumbled') },
  [auth('spreadsheets.currentonly')]: { reports: 'This did not work' },
}

async function journeyWith(scopes: (all: string[]) => string[]) {
  const addon = await startAddon({
    manifest: (stamped: Manifest) => ({ ...stamped, oauthScopes: scopes(stamped.oauthScopes) }),
  })
  try {
    return await journey(addon)
  } finally {
    await addon.close()
  }
}

test('with the scopes of the manifest the whole journey works', async () => {
  expect(await journeyWith((all) => all)).toEqual(WHOLE)
})

test('the manifest asks for exactly these scopes', async () => {
  await journeyWith((all) => {
    expect([...all].sort()).toEqual(Object.keys(LOST).sort())
    return all
  })
})

test.each(Object.keys(LOST))('without %s a part of it is lost', async (scope) => {
  const seen = await journeyWith((all) => all.filter((each) => each !== scope))
  expect(seen).toMatchObject(LOST[scope] ?? {})
  expect(seen).not.toEqual(WHOLE)
})
