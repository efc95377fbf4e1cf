import { attachmentsOf, partOf, textOf } from '../mime/tree.ts'
import type { Mail, Mailbox } from '../store/mailbox.ts'
import type { Store } from '../store/store.ts'

export type Test = (mail: Mail) => boolean

export interface SearchGround {
  store: Store
  box: Mailbox
  now: number
}

/** Gmail's search language as far as a support desk uses it; an operator we do not know matches nothing. */
export function searchOf(query: string, ground: SearchGround): Test {
  const tokens = query.match(/[(){}]|-?(?:[\w-]+:)?(?:"[^"]*"|\([^()]*\)|[^\s(){}"]+)/g) ?? []
  return allOf(tokens, ground)
}

/** Whether the query itself reaches into spam or trash. */
export const reachesHidden = (query: string) => /\b(in|is|label):"?(anywhere|spam|trash)/i.test(query)

function allOf(tokens: string[], ground: SearchGround): Test {
  const tests: Test[] = []
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as string
    if (token === '(' || token === '{') {
      const end = closing(tokens, i)
      const inner = tokens.slice(i + 1, end)
      tests.push(token === '{' ? anyOf(inner.map((t) => allOf([t], ground))) : allOf(inner, ground))
      i = end
    } else if (token === 'OR') {
      const left = tests.pop()
      const right = allOf(tokens.slice(i + 1, i + 2), ground)
      tests.push(anyOf(left ? [left, right] : [right]))
      i++
    } else if (token !== 'AND') tests.push(testOf(token, ground))
  }
  return (mail) => tests.every((test) => test(mail))
}

function testOf(token: string, ground: SearchGround): Test {
  if (token.startsWith('-') && token.length > 1) {
    const inner = testOf(token.slice(1), ground)
    return (mail) => !inner(mail)
  }
  const [, operator, rest = ''] = /^([\w-]+):(.*)$/s.exec(token) ?? []
  const group = /^\(([^()]*)\)$/.exec(operator ? rest : token)
  if (group) {
    const words = (group[1] ?? '').split(/\s+/).filter(Boolean)
    return allOf(operator ? words.map((w) => (w === 'OR' ? w : `${operator}:${w}`)) : words, ground)
  }
  const value = (operator ? rest : token).replace(/^"(.*)"$/s, '$1').toLowerCase()
  return operator ? operatorTest(operator.toLowerCase(), value, ground) : wordTest(value, ground)
}

function operatorTest(operator: string, value: string, ground: SearchGround): Test {
  switch (operator) {
    case 'from':
      return (mail) => mail.head.from.toLowerCase().includes(value)
    case 'to':
      return (mail) => `${mail.head.to},${mail.head.cc},${mail.head.bcc}`.toLowerCase().includes(value)
    case 'cc':
    case 'bcc':
      return (mail) => mail.head[operator].toLowerCase().includes(value)
    case 'subject':
      return (mail) => mail.head.subject.toLowerCase().includes(value)
    case 'rfc822msgid':
      return (mail) => mail.head.messageId.replace(/[<>]/g, '').toLowerCase() === value.replace(/[<>]/g, '')
    case 'has':
      return (mail) => value === 'attachment' && mail.head.hasAttachment
    case 'filename':
      return (mail) =>
        attachmentsOf(partOf(ground.store.rawOf(mail.raw))).some((a) => a.filename.toLowerCase().includes(value))
    case 'in':
    case 'is':
    case 'label':
      return labelTest(value, ground)
    default:
      return timeOrSizeTest(operator, value, ground)
  }
}

function labelTest(value: string, { box }: SearchGround): Test {
  if (value === 'anywhere' || value === 'all') return () => true
  if (value === 'read') return (mail) => !mail.labels.includes('UNREAD')
  const names: Record<string, string> = { drafts: 'DRAFT', draft: 'DRAFT' }
  const named = [...box.labels.values()].find((label) => searchName(label.name) === searchName(value))
  const id = names[value] ?? named?.id ?? value.toUpperCase()
  return (mail) => mail.labels.includes(id)
}

function timeOrSizeTest(operator: string, value: string, { now }: SearchGround): Test {
  const day = dayOf(value)
  const age = ageOf(value)
  switch (operator) {
    case 'after':
    case 'newer':
      return (mail) => mail.at >= day
    case 'before':
    case 'older':
      return (mail) => mail.at < day
    case 'newer_than':
      return (mail) => mail.at >= now - age
    case 'older_than':
      return (mail) => mail.at < now - age
    case 'larger':
    case 'size':
      return (mail) => mail.head.size >= bytesOf(value)
    case 'smaller':
      return (mail) => mail.head.size < bytesOf(value)
    default:
      return () => false
  }
}

const wordTest =
  (word: string, { store }: SearchGround): Test =>
  (mail) => {
    const { subject, from, to, cc } = mail.head
    if (`${subject}\n${from}\n${to}\n${cc}`.toLowerCase().includes(word)) return true
    return textOf(partOf(store.rawOf(mail.raw)))
      .toLowerCase()
      .includes(word)
  }

const anyOf =
  (tests: Test[]): Test =>
  (mail) =>
    tests.some((test) => test(mail))

const closing = (tokens: string[], from: number) => {
  const end = tokens.indexOf(tokens[from] === '{' ? '}' : ')', from)
  return end < 0 ? tokens.length : end
}

const searchName = (name: string) => name.toLowerCase().replace(/[\s/]/g, '-')

/** Seconds since 1970 or a date, which Gmail reads as midnight; here in UTC. */
const dayOf = (value: string) =>
  /^\d{9,}$/.test(value)
    ? Number(value) * 1000
    : Date.parse(`${value.replace(/\//g, '-').replace(/-(\d)(?=-|$)/g, '-0$1')}T00:00:00Z`)

const ageOf = (value: string) => {
  const [, count, unit] = /^(\d+)([dmyh])$/.exec(value) ?? []
  const hours = { h: 1, d: 24, m: 24 * 30, y: 24 * 365 }[unit ?? ''] ?? Number.NaN
  return Number(count) * hours * 3600 * 1000
}

const bytesOf = (value: string) =>
  Number.parseFloat(value) * (value.endsWith('m') ? 1024 ** 2 : value.endsWith('k') ? 1024 : 1)
