import { expect, test } from '@jest/globals'
import { isTimeZone } from '../../shared/zones.ts'
import { RENAMED, TIME_ZONES, zoneNear } from './zones.ts'

const sameZone = (zone: string) => new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone

test('zones are offered by the names they have today, in the order of letters, each once', () => {
  expect(TIME_ZONES).toEqual(expect.arrayContaining(['UTC', 'Europe/Kyiv', 'Asia/Kolkata', 'America/Nuuk']))
  expect(TIME_ZONES.filter((zone) => zone in RENAMED)).toEqual([])
  expect(TIME_ZONES).toEqual([...new Set(TIME_ZONES)].toSorted())
})

test('a zone under its new name is the one that Intl lists under the old one', () => {
  for (const [old, now] of Object.entries(RENAMED)) expect([now, sameZone(now)]).toEqual([now, sameZone(old)])
})

test('old and new names are time zones, and what nobody knows is none', () => {
  for (const zone of [...TIME_ZONES, ...Object.keys(RENAMED), 'europe/kyiv', 'US/Eastern'])
    expect(isTimeZone(zone)).toBe(true)
  for (const zone of ['', 'Europe/Atlantis', 'London']) expect(isTimeZone(zone)).toBe(false)
})

test('what somebody types instead of a zone leads to the one of that place', () => {
  expect(['Berlin', 'Europa/Berlin', 'new york', 'Asia/ho-chi-minh', 'utc'].map(zoneNear)).toEqual([
    'Europe/Berlin',
    'Europe/Berlin',
    'America/New_York',
    'Asia/Ho_Chi_Minh',
    'UTC',
  ])
  expect(['Mars/Olympus', '', '/', 'CEST'].map(zoneNear)).toEqual([null, null, null, null])
})
