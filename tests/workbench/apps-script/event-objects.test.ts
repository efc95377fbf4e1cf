import { afterEach, expect, test } from '@jest/globals'
import { eventObject, type Moment } from '../../../workbench/apps-script/event-objects.ts'
import { endScripts, nora, script } from './script.ts'

afterEach(endScripts)

const LOCALE = 'https://www.googleapis.com/auth/script.locale'
const METADATA = 'https://www.googleapis.com/auth/gmail.addons.current.message.metadata'

async function event(moment: Partial<Moment>, setting: Parameters<typeof script>[1] = {}) {
  const { appsScript } = await script('', setting)
  return eventObject(appsScript.manifest(), {
    hostApp: 'GMAIL',
    platform: 'WEB',
    user: nora,
    nowMs: Date.parse('2026-07-01T00:00Z'),
    ...moment,
  })
}

const message = { messageId: 'msg-f:1', threadId: 'thread-f:2', accessToken: 't' }

test('a homepage event has nothing of a message, a sheet, a locale or a form', async () => {
  expect(await event({})).toEqual({
    commonEventObject: { hostApp: 'GMAIL', platform: 'WEB' },
    hostApp: 'gmail',
    clientPlatform: 'web',
  })
})

test('a message event carries its ids and token, also in the deprecated field', async () => {
  expect(await event({ message })).toMatchObject({ gmail: message, messageMetadata: message })
})

test('locale and time zone are sent only with useLocaleFromApp and its scope', async () => {
  const common = { useLocaleFromApp: true }
  expect(await event({}, { common })).not.toHaveProperty('userLocale')
  expect(await event({}, { oauthScopes: [LOCALE] })).not.toHaveProperty('userLocale')
  const timeZone = { id: 'Europe/Berlin', offset: '7200000' }
  expect(await event({}, { common, oauthScopes: [LOCALE] })).toMatchObject({
    commonEventObject: { userLocale: 'en-US', timeZone },
    userLocale: 'en-US',
    userCountry: 'US',
    userTimezone: timeZone,
  })
})

test('recipients of a draft are sent only with METADATA and its scope', async () => {
  const draft = { to: ['a@b.example'], cc: [], bcc: [] }
  const selectActions = [{ text: 'Insert', runFunction: 'run' }]
  const asking = { composeTrigger: { draftAccess: 'METADATA', selectActions } }
  expect(
    await event({ draft }, { gmail: { composeTrigger: { selectActions } }, oauthScopes: [METADATA] }),
  ).not.toHaveProperty('gmail')
  expect(await event({ draft }, { gmail: asking })).not.toHaveProperty('gmail')
  expect(await event({ draft }, { gmail: asking, oauthScopes: [METADATA] })).toMatchObject({
    gmail: { toRecipients: ['a@b.example'], ccRecipients: [], bccRecipients: [] },
  })
})

test('a form is sent in the new shape and in the two deprecated ones', async () => {
  const formInputs = {
    tags: { stringInputs: { value: ['a', 'b'] } },
    day: { dateInput: { msSinceEpoch: 5 } },
    time: { timeInput: { hours: 1, minutes: 2 } },
  }
  const sent = await event({ formInputs, parameters: { id: '7' } })
  expect(sent.commonEventObject).toMatchObject({ formInputs, parameters: { id: '7' } })
  expect(sent.formInput).toEqual({ tags: 'a', day: { msSinceEpoch: 5 }, time: { hours: 1, minutes: 2 } })
  expect(sent.formInputs).toMatchObject({ tags: ['a', 'b'] })
  expect(sent.parameters).toEqual({ id: '7' })
})

test('a sheet tells its id and title only after access to the file was granted', async () => {
  const sheet = { id: 's', title: 'Sales' }
  expect((await event({ hostApp: 'SHEETS', sheet: { ...sheet, granted: false } })).sheets).toEqual({
    addonHasFileScopePermission: false,
  })
  expect((await event({ hostApp: 'SHEETS', sheet: { ...sheet, granted: true } })).sheets).toEqual({
    addonHasFileScopePermission: true,
    ...sheet,
  })
})

test('nothing of the HTTP add-ons is sent', async () => {
  expect(await event({ message })).not.toHaveProperty('authorizationEventObject')
})
