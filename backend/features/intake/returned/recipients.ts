import type { Reported } from '../../tickets/index.ts'
import { plainKey } from '../house.ts'
import type { Returned } from '../parsing/parsed-mail.ts'

/**
 * Which of the recipients of our mail a report is about. Servers name where they sent it on to, or name nobody in a field: then it is
 * the only recipient, or whom the words of the report name.
 * @param ours look-up keys of those we wrote to
 */
export function recipientsReported(returned: Returned, ours: readonly string[]): Reported[] {
  const trouble = returned.recipients.filter(({ kind }) => kind !== 'delivered')
  const named = trouble.flatMap(({ address, final, kind, code }) => {
    const key = ours.find((one) => [address, final ?? ''].some((each) => isSame(each, one)))
    return key === undefined ? [] : [{ key, kind: asTrouble(kind), code }]
  })
  if (named.length > 0) return unique(named)
  const [first] = trouble
  const about = { kind: asTrouble(first?.kind ?? returned.kind), code: first?.code ?? null }
  const [only] = ours
  if (only !== undefined && ours.length === 1) return [{ key: only, ...about }]
  const mentioned = ours.filter((key) => returned.mentioned.some((each) => isSame(each, key)))
  return mentioned.length > 0 ? mentioned.map((key) => ({ key, ...about })) : [{ key: null, ...about }]
}

const isSame = (address: string, key: string): boolean => address !== '' && plainKey(address) === plainKey(key)

const asTrouble = (kind: Returned['kind']): Reported['kind'] => (kind === 'delayed' ? 'delayed' : 'failed')

const unique = (all: readonly Reported[]): Reported[] =>
  all.filter(({ key }, at) => all.findIndex((each) => each.key === key) === at)
