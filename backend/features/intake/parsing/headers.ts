import type { AddressObject, HeaderLines, Headers } from 'mailparser'
import { KEPT_HEADERS, type KeptHeader, type ParsedMail, type Person } from './parsed-mail.ts'
import { storable } from './text.ts'

/** What RFC 5321 allows an address to be long; anything longer is no address and must not become an index entry. */
const ADDRESS = 320
/** Characters kept of one header line. */
const HEADER = 20_000
const MOST_PEOPLE = 500

export function textHeader(headers: Headers, name: string, characters: number): string {
  const value = headers.get(name)
  return typeof value === 'string' ? storable(value, characters).trim() : ''
}

/** A subject is one line: whatever else it holds would be somebody's header one day. */
export const shownSubject = (subject: string): string => subject.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()

export function people(headers: Headers, name: string): Person[] {
  const value = headers.get(name) as AddressObject | AddressObject[] | undefined
  const lists = value === undefined ? [] : Array.isArray(value) ? value : [value]
  return lists
    .flatMap((list) => list.value ?? [])
    .slice(0, MOST_PEOPLE * 4)
    .flatMap((entry) => entry.group ?? [entry])
    .map((entry) => ({ name: shownName(entry.name ?? ''), address: storable(entry.address ?? '').trim() }))
    .filter(({ address }) => isAddress(address))
    .slice(0, MOST_PEOPLE)
}

/** Who wrote a mail; broken headers often hold the address all the same. */
export function author(headers: Headers, lines: HeaderLines): Person | null {
  const [first] = people(headers, 'from')
  if (first) return first
  const line = lines.find(({ key }) => key === 'from')?.line.slice(0, 2_000) ?? ''
  const address = /[^\s<>"',;:()[\]]{1,64}@[^\s<>"',;:()[\]@]{1,255}/.exec(line.slice(line.indexOf(':') + 1))?.[0]
  return address === undefined || !isAddress(address) ? null : { name: '', address: storable(address) }
}

const isAddress = (address: string) => address.includes('@') && address.length <= ADDRESS && !/[\s<>]/.test(address)

/** Marks that turn the direction of what follows: a name must not reverse the address that is shown behind it. */
const TURNS = /[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/g

/** A name as it may stand before other words. */
export const shownName = (name: string): string =>
  storable(name.replace(TURNS, '').replace(/[\p{Cc}\u2028\u2029]+/gu, ' '), 200).trim()

const isKept = (key: string): key is KeptHeader => (KEPT_HEADERS as readonly string[]).includes(key)

export function keptHeaders(lines: HeaderLines): ParsedMail['headers'] {
  const kept: ParsedMail['headers'] = {}
  for (const { key, line } of lines) {
    const known = kept[key as KeptHeader]
    if (!isKept(key) || (known?.length ?? 0) >= 50) continue
    const value = line.slice(line.indexOf(':') + 1).replace(/\r?\n\s*/g, ' ')
    kept[key] = [...(known ?? []), storable(key === 'references' ? bothEnds(value) : value, HEADER).trim()]
  }
  return kept
}

/** The newest references stand last, and the mail that began it all first. */
const bothEnds = (value: string): string =>
  value.length <= HEADER ? value : `${value.slice(0, FIRST)} ${value.slice(FIRST + 1 - HEADER)}`

const FIRST = 2_000
