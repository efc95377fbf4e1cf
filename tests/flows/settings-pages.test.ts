import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { getActionSettings, listReasonCodes, writeReasonCode } from '../../shared/combined-actions.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { visitor } from '../support/visitor.ts'

let desk: Desk
let ada: ReturnType<typeof visitor>
beforeAll(async () => {
  desk = await startDesk()
  ada = visitor(desk, 'ada')
})
afterAll(() => desk.stop())

/** What the fields of a form hold. */
const fieldsIn = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/<input name="([\w.]+)" value(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  )

test('an admin sets the undo window and the limits; nothing in a field is no limit', async () => {
  const page = await ada.open('/settings/actions')
  expect(fieldsIn(page.text)).toMatchObject({ undoSeconds: '60', 'agent.action': '100.00', 'admin.action': '' })
  const saved = await ada.send('/settings/actions', {
    ...fieldsIn(page.text),
    undoSeconds: '30',
    'agent.action': '12,5',
    'supervisor.order': '',
  })
  expect(saved).toMatchObject({ status: 200, path: '/settings/actions?saved=1' })
  expect(saved.text).toContain('Saved')
  expect(await desk.as('ada').call(getActionSettings)).toMatchObject({
    undoSeconds: 30,
    limits: { agent: { action: 1_250, order: 15_000 }, supervisor: { order: null } },
    shopDay: 500_000,
  })
  expect(await desk.events('action_settings.written')).toHaveLength(1)
})

test.each([
  ['undoSeconds', '121', 'whole seconds, 0 to 120'],
  ['undoSeconds', '1.5', 'whole seconds, 0 to 120'],
  ['agent.action', '-1', 'Write an amount'],
  ['agent.action', '1.234', 'Write an amount'],
  ['shopDay', 'much', 'Write an amount'],
])('%s of %s is refused beside its field, and nothing is saved', async (name, typed, words) => {
  const page = await ada.open('/settings/actions')
  const before = await desk.as('ada').call(getActionSettings)
  const refused = await ada.send('/settings/actions', { ...fieldsIn(page.text), [name]: typed })
  expect(refused.status).toBe(400)
  expect(refused.text).toContain(words)
  expect(fieldsIn(refused.text)[name]).toBe(typed)
  expect(await desk.as('ada').call(getActionSettings)).toEqual(before)
})

const reasons = async () => (await desk.as('ada').call(listReasonCodes)).items

test('a reason is added, reworded and retired, and keeps its labels in other languages', async () => {
  const path = '/settings/reasons'
  expect((await ada.open(path)).text).toContain('Spilled or leaked')
  const words = { 'label.en': 'Frozen', 'label.de': 'Gefroren', cancelReason: 'OTHER', discrepancy: 'DAMAGE' }
  await ada.send(path, { new: '1', id: 'frozen', ...words })
  expect((await reasons()).find(({ id }) => id === 'frozen')).toMatchObject({
    labels: { en: 'Frozen', de: 'Gefroren' },
    needsText: false,
    retired: false,
  })
  await desk.as('ada').call(writeReasonCode, {
    params: { code: 'frozen' },
    body: {
      labels: { en: 'Frozen', de: 'Gefroren', fr: 'Gelé' },
      cancelReason: 'OTHER',
      discrepancy: 'DAMAGE',
      needsText: false,
      retired: false,
    },
  })
  const retired = await ada.send(path, {
    id: 'frozen',
    ...words,
    'label.en': 'Frozen solid',
    needsText: 'on',
    retired: 'on',
  })
  expect(retired.text).toContain('Saved: frozen')
  expect((await reasons()).at(-1)).toMatchObject({
    id: 'frozen',
    labels: { en: 'Frozen solid', de: 'Gefroren', fr: 'Gelé' },
    needsText: true,
    retired: true,
  })
})

test.each([
  [{ new: '1', id: 'spilled', 'label.en': 'Again' }, 'already'],
  [{ new: '1', id: 'Not A Name', 'label.en': 'x' }, 'small letters'],
  [{ new: '1', id: 'nameless', 'label.en': ' ' }, 'English label'],
])('a new reason that cannot be is refused in words', async (fields, words) => {
  const before = await reasons()
  const refused = await ada.send('/settings/reasons', { cancelReason: 'OTHER', discrepancy: 'OTHER', ...fields })
  expect(refused.status).toBe(400)
  expect(refused.text).toContain(words)
  expect(await reasons()).toEqual(before)
})

test('a refused reason keeps what was typed, beside its own form and nowhere else', async () => {
  const typed = { 'label.en': 'x'.repeat(81), 'label.de': 'Neu', cancelReason: 'FRAUD', discrepancy: 'DAMAGE' }
  const anew = await ada.send('/settings/reasons', { new: '1', id: 'brandnew', ...typed, needsText: 'on' })
  expect(anew.status).toBe(400)
  const form = sectionIn(anew.text, 'New reason')
  for (const kept of ['value="brandnew"', `value="${typed['label.en']}"`, 'value="Neu"']) expect(form).toContain(kept)
  expect(form).toMatch(/<option value="FRAUD" selected/)
  expect(form).toMatch(/name="needsText" checked/)
  expect(form).toContain('role="alert"')
  expect(anew.text.split('role="alert"')).toHaveLength(2)

  const reworded = await ada.send('/settings/reasons', { id: 'late', ...typed, retired: 'on' })
  expect(sectionIn(reworded.text, 'late')).toContain('value="Neu"')
  expect(sectionIn(reworded.text, 'late')).toMatch(/name="retired" checked/)
  expect(sectionIn(reworded.text, 'New reason')).not.toContain('value="Neu"')
})

/** One section of a page, by its label. */
const sectionIn = (text: string, label: string): string =>
  text.split(`<section aria-label="${label}">`)[1]?.split('</section>')[0] ?? ''

test('what is typed is shown as text, never as a part of the page', async () => {
  const fields = { new: '1', id: 'sly', cancelReason: 'OTHER', discrepancy: 'OTHER' }
  const shown = await ada.send('/settings/reasons', { ...fields, 'label.en': '"><script>alert(1)</script>' })
  expect(shown.text).not.toContain('<script')
  expect(shown.text).toContain('&lt;script')
})

test('settings are for admins, and the menu names only what one may open', async () => {
  for (const name of ['nora', 'vera', 'frank', 'rhea'] as const) {
    const who = visitor(desk, name)
    for (const path of ['/settings/actions', '/settings/reasons']) expect((await who.open(path)).status).toBe(403)
    expect((await who.open('/')).text).not.toContain('/settings/')
  }
  expect((await ada.open('/settings')).text).toContain('href="/settings/actions"')
  expect((await desk.events('access.refused')).length).toBeGreaterThanOrEqual(8)
})

test('a browser that meets a failure is shown a page, and a program is told in JSON', async () => {
  const lost = await fetch(`${desk.url}/nowhere`, { headers: { accept: 'text/html,*/*;q=0.8' } })
  expect([lost.status, lost.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
  const text = await lost.text()
  expect(text).toContain('<h1>This did not work</h1>')
  expect(text).toContain(`Reference ${lost.headers.get('x-request-id')}`)
  for (const [path, accept] of [
    ['/nowhere', '*/*'],
    ['/v1/nowhere', 'text/html'],
  ] as const) {
    const told = await fetch(`${desk.url}${path}`, { headers: { accept } })
    expect(await told.json()).toMatchObject({ error: { code: 'not_found' } })
  }
})
