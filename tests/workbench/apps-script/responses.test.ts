import { afterEach, expect, test } from '@jest/globals'
import type { Caller } from '../../../workbench/apps-script/index.ts'
import { endScripts, script } from './script.ts'

afterEach(endScripts)

const UNUSABLE =
  /^The value returned from Apps Script has a type that cannot be used by the add-ons platform\. Also make sure to call build/

const parts = `
  const S = CardService
  const card = (text) => S.newCardBuilder().setName(text).addSection(S.newCardSection().addWidget(S.newTextParagraph().setText(text))).build()
  const respond = () => S.newActionResponseBuilder()`

async function returned(expression: string, caller: Caller, prefixes: string[] = []) {
  const tiny = await script(`${parts}\nfunction run() { return ${expression} }`, {
    common: { openLinkUrlPrefixes: prefixes },
  })
  return tiny.run('run', caller)
}

test.each<[string, string, Caller]>([
  ['a builder that was not built', 'S.newCardBuilder()', 'trigger'],
  ['a response that was not built', "respond().setNotification(S.newNotification().setText('a'))", 'click'],
  ['an empty action response', 'respond().build()', 'click'],
  ['a card from a click', "card('a')", 'click'],
  ['a string', "'done'", 'click'],
  ['a plain object', '({ renderActions: {} })', 'click'],
  ['an action response from a trigger', 'respond().setStateChanged(true).build()', 'trigger'],
  ['an empty list', '[]', 'trigger'],
  ['a list with something else in it', "[card('a'), 'b']", 'trigger'],
  ['an action response from a compose action', 'respond().setStateChanged(true).build()', 'compose'],
  ['nothing from a compose action', 'undefined', 'compose'],
  ['a card as suggestions', "card('a')", 'suggestions'],
  ['a promise', "Promise.resolve(card('a'))", 'trigger'],
])('%s is the platform error', async (_what, expression, caller) => {
  const execution = await returned(expression, caller)
  expect(execution).toMatchObject({ ok: false, message: expect.stringMatching(UNUSABLE) })
})

test('a trigger returns a card, several cards, or nothing', async () => {
  expect(await returned("card('a')", 'trigger')).toMatchObject({ ok: true, kind: 'card', json: { name: 'a' } })
  expect(await returned("[card('a'), card('b')]", 'trigger')).toMatchObject({
    ok: true,
    kind: 'cards',
    json: [{ name: 'a' }, { name: 'b' }],
  })
  expect(await returned('undefined', 'trigger')).toMatchObject({ ok: true, kind: 'nothing' })
})

test('a click returns what the client is to render', async () => {
  const navigation =
    "S.newNavigation().popToRoot().updateCard(card('a')).pushCard(card('b')).popCard().popToNamedCard('a')"
  const expression = `respond().setNavigation(${navigation}).setNotification(S.newNotification().setText('Saved')).setStateChanged(true).build()`
  expect(await returned(expression, 'click')).toMatchObject({
    ok: true,
    kind: 'action',
    json: {
      renderActions: {
        action: {
          navigations: [
            { popToRoot: true },
            { updateCard: { name: 'a' } },
            { pushCard: { name: 'b' } },
            { pop: true },
            { popToCard: 'a' },
          ],
          notification: { text: 'Saved' },
        },
      },
      stateChanged: true,
    },
  })
  expect(await returned('undefined', 'click')).toMatchObject({ ok: true, kind: 'nothing' })
})

test('suggestions, universal actions and draft updates have their own answers', async () => {
  expect(
    await returned(
      "S.newSuggestionsResponseBuilder().setSuggestions(S.newSuggestions().addSuggestion('vip')).build()",
      'suggestions',
    ),
  ).toMatchObject({
    json: { autoComplete: { items: [{ text: 'vip' }] } },
  })
  expect(
    await returned("S.newUniversalActionResponseBuilder().displayAddOnCards([card('a')]).build()", 'universal'),
  ).toMatchObject({
    kind: 'universal',
    json: { cards: [{ name: 'a' }] },
  })
  const body =
    "S.newUpdateDraftBodyAction().addUpdateContent('Hello', S.ContentType.TEXT).setUpdateType(S.UpdateDraftBodyType.IN_PLACE_INSERT)"
  const update = `S.newUpdateDraftActionResponseBuilder().setUpdateDraftBodyAction(${body}).setUpdateDraftCcRecipientsAction(S.newUpdateDraftCcRecipientsAction().addUpdateCcRecipients(['a@b.example'])).build()`
  expect(await returned(update, 'draft-update')).toMatchObject({
    kind: 'draft-update',
    json: {
      renderActions: {
        hostAppAction: {
          gmailAction: {
            updateDraftActionMarkup: {
              updateBody: { insertContents: [{ content: 'Hello', contentType: 'TEXT' }], type: 'IN_PLACE_INSERT' },
              updateCcRecipients: { ccRecipients: [{ email: 'a@b.example' }] },
            },
          },
        },
      },
    },
  })
})

test('an authorization exception brings the card of its callback', async () => {
  const tiny = await script(`${parts}
    function ask() { return card('sign in') }
    function run() { S.newAuthorizationException().setAuthorizationUrl('https://a.example/in').setResourceDisplayName('Desk').setCustomUiCallback('ask').throwException() }`)
  expect(await tiny.run('run')).toMatchObject({
    ok: true,
    kind: 'authorization',
    json: { authorizationUrl: 'https://a.example/in', resource: 'Desk', cards: [{ name: 'sign in' }] },
  })
})

test.each([
  [
    'a button',
    "S.newCardBuilder().addSection(S.newCardSection().addWidget(S.newTextButton().setText('a').setOpenLink(S.newOpenLink().setUrl('https://other.example/x')))).build()",
    'trigger' as Caller,
  ],
  [
    'a text',
    `S.newCardBuilder().addSection(S.newCardSection().addWidget(S.newTextParagraph().setText('<a href="https://other.example/x">a</a>'))).build()`,
    'trigger' as Caller,
  ],
  ['a response', "respond().setOpenLink(S.newOpenLink().setUrl('https://other.example/x')).build()", 'click' as Caller],
])('a link in %s must match a prefix of openLinkUrlPrefixes', async (_where, expression, caller) => {
  expect(await returned(expression, caller, ['https://desk.example/'])).toMatchObject({
    ok: false,
    message: 'The link https://other.example/x matches no prefix of openLinkUrlPrefixes in the manifest.',
  })
  expect(await returned(expression, caller, ['https://other.example/x'])).toMatchObject({ ok: true })
})
