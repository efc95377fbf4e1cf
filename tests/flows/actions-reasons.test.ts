import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { DEFAULT_SETTINGS } from '../../backend/features/combined-actions/rules/settings.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import {
  getActionSettings,
  listReasonCodes,
  type ReasonCode,
  writeActionSettings,
  writeReasonCode,
} from '../../shared/combined-actions.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, startDesk } from '../support/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

const WORDS: Omit<ReasonCode, 'id'> = {
  labels: { en: 'Melted', de: 'Geschmolzen' },
  cancelReason: 'OTHER',
  discrepancy: 'DAMAGE',
  needsText: false,
  retired: false,
}
const write = (code: string, words: Partial<Omit<ReasonCode, 'id'>> = {}, who: 'ada' | 'vera' = 'ada') =>
  desk.as(who).call(writeReasonCode, { params: { code }, body: { ...WORDS, ...words } })
const ids = async () =>
  (await desk.as('nora').call(listReasonCodes)).items.map(({ id, retired }) => (retired ? `(${id})` : id))

const DEFAULTS = [
  'spilled',
  'damaged',
  'lost_in_post',
  'wrong_item',
  'late',
  'changed_mind',
  'quality',
  'not_as_described',
  'goodwill',
  'other',
]

test('a workspace begins with reasons in two languages, each with the codes that Shopify wants', async () => {
  expect(await ids()).toEqual(DEFAULTS)
  const { items } = await desk.as('nora').call(listReasonCodes)
  expect(items.every(({ labels }) => labels['en'] && labels['de'])).toBe(true)
  expect(items.find(({ id }) => id === 'changed_mind')).toMatchObject({
    cancelReason: 'CUSTOMER',
    discrepancy: 'CUSTOMER',
  })
  expect(items.filter(({ needsText }) => needsText).map(({ id }) => id)).toEqual(['other'])
})

test('an admin adds one, rewords one and retires one; the others stay as they were, and none is ever gone', async () => {
  await write('melted')
  await write('spilled', { labels: { en: 'Leaked' } })
  await write('late', { labels: { en: 'Too late' }, retired: true })
  expect(await ids()).toEqual([...DEFAULTS.filter((id) => id !== 'late'), 'melted', '(late)'])
  const { items } = await desk.as('nora').call(listReasonCodes)
  expect(items[0]).toMatchObject({ id: 'spilled', labels: { en: 'Leaked' } })
  await write('late', { labels: { en: 'Too late' } })
  expect(await ids()).toEqual([...DEFAULTS, 'melted'])
})

test('who wrote a reason is on the record, without its words', async () => {
  const events = await inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    tx.event.findMany({
      where: { workspaceId: desk.workspaceId, type: 'reason_code.written' },
      orderBy: { id: 'asc' },
    }),
  )
  expect(events[0]).toMatchObject({ actorId: desk.staff.ada.id, payload: { code: 'melted', retired: false } })
})

test('what is no reason is refused in words', async () => {
  expect(await refusalOf(write('Melted!'))).toMatchObject({
    code: 'invalid_request',
    message: 'A reason is named in small letters, digits and _, for example spilled',
  })
  expect((await refusalOf(write('melted', { labels: { de: 'Geschmolzen' } }))).code).toBe('invalid_request')
  expect((await refusalOf(write('melted', {}, 'vera'))).code).toBe('forbidden')
})

test('one reason always stays in use', async () => {
  for (const id of DEFAULTS) await write(id, { retired: true })
  const refused = await refusalOf(write('melted', { retired: true }))
  expect(refused.message).toBe('One reason must stay in use. Add another before you retire this one.')
})

test('two admins who write their first reasons at once both keep theirs', async () => {
  const fresh = await startDesk()
  const put = (code: string) => fresh.as('ada').call(writeReasonCode, { params: { code }, body: WORDS })
  await Promise.all(['melted', 'frozen', 'squashed'].map(put))
  const { items } = await fresh.as('nora').call(listReasonCodes)
  expect(items.map(({ id }) => id).sort()).toEqual([...DEFAULTS, 'melted', 'frozen', 'squashed'].sort())
  await fresh.stop()
})

test('limits and the undo window have defaults, and an admin sets others', async () => {
  expect(await desk.as('nora').call(getActionSettings)).toEqual(DEFAULT_SETTINGS)
  const settings = { ...DEFAULT_SETTINGS, undoSeconds: 0, shopDay: null }
  await desk.as('ada').call(writeActionSettings, { body: settings })
  expect(await desk.as('nora').call(getActionSettings)).toEqual(settings)
  const tooLong = await refusalOf(desk.as('ada').call(writeActionSettings, { body: { ...settings, undoSeconds: 121 } }))
  expect(tooLong.code).toBe('invalid_request')
  expect((await refusalOf(desk.as('vera').call(writeActionSettings, { body: settings }))).code).toBe('forbidden')
})
