import type { OrderProof } from '../../../shared/orders.ts'
import { DeskError } from '../../platform/errors.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { numberKey, phoneKey } from './keys.ts'
import { orderProofFailed } from './link-events.ts'
import { openSummary } from './summary.ts'

/** Wrong proofs that a ticket may bring in a day: a slip or two, and no way to try all postcodes of a town. */
const MOST_WRONG = 5
const DAY_MS = 86_400_000

/** @throws DeskError proof_mismatch when so many proofs of a ticket were wrong that it is guessing. Call it with the ticket locked. */
export async function refuseGuessing(tx: Tx, ticketId: string): Promise<void> {
  const since = new Date(tx.now.getTime() - DAY_MS)
  const [wrong] = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from desk.event
    where workspace_id = ${tx.workspaceId}::uuid and ticket_id = ${ticketId}::uuid and type = ${orderProofFailed.type}
      and occurred_at > ${since} and recorded_at > ${since}`
  if (wrong && wrong.count >= MOST_WRONG)
    throw new DeskError(
      'proof_mismatch',
      'Too many wrong proofs in a day, so nothing more is confirmed on this ticket until tomorrow. Look in Shopify whose the order is, and write there.',
    )
}

/** What the writer can prove to know of an order. */
type Secrets = { numbers: string[]; phones: string[]; postcode: string | null; country: string | null }

/**
 * Whether what the writer said belongs to the order: its number, and its postcode or phone.
 * @throws DeskError not_found without such an order, invalid_request when neither postcode nor phone was given, proof_mismatch for an
 * order that has neither
 */
export async function isProved(tx: Tx, box: Box, orderId: string, proof: OrderProof): Promise<boolean> {
  const secrets = await secretsOf(tx, box, orderId)
  if (proof.postcode === '' && proof.phone === '')
    throw new DeskError('invalid_request', 'Type the postcode or the phone that the customer gave.')
  if (secrets.postcode === null && secrets.phones.length === 0)
    throw new DeskError(
      'proof_mismatch',
      'This order has no postcode and no phone, so nobody can prove to know it. Look in Shopify whose it is, and write there.',
    )
  return (
    secrets.numbers.includes(numberKey(proof.number)) && (fitsPostcode(secrets, proof) || fitsPhone(secrets, proof))
  )
}

async function secretsOf(tx: Tx, box: Box, orderId: string): Promise<Secrets> {
  const [row] = await tx.$queryRaw<{ summary: Uint8Array; numbers: string[]; phones: string[] }[]>`
    select o.summary,
      array(select k.key from desk.order_key k where k.workspace_id = o.workspace_id and k.order_id = o.id and k.kind = 'number') as numbers,
      array(select k.key from desk.order_key k where k.workspace_id = o.workspace_id and k.order_id = o.id and k.kind = 'phone') as phones
    from desk.shop_order o where o.workspace_id = ${tx.workspaceId}::uuid and o.id = ${orderId}::uuid`
  if (!row) throw new DeskError('not_found', 'There is no such order in your workspace.')
  const { postcode, country } = openSummary(box, orderId, row.summary).recipient
  return { numbers: row.numbers, phones: row.phones.filter(isPhone), postcode: postcodeOf(postcode), country }
}

/** Every country's postcodes have a digit; `00000`, `-` and `N/A` are typed where there is none, and anybody would guess them. */
function postcodeOf(text: string | null): string | null {
  const key = numberKey(text ?? '')
  return key.length >= 3 && /[1-9]/.test(key) ? key : null
}

/** `11111111` is typed by those who give no phone. */
const isPhone = (key: string): boolean => !/^(\d)\1*$/.test(key)

/** People of the United States say the first five digits of nine. */
function fitsPostcode({ postcode, country }: Secrets, proof: OrderProof): boolean {
  const said = numberKey(proof.postcode)
  if (said === '' || !postcode) return false
  return said === postcode || (country === 'US' && said.length >= 5 && said.slice(0, 5) === postcode.slice(0, 5))
}

function fitsPhone({ phones }: Secrets, proof: OrderProof): boolean {
  const said = phoneKey(proof.phone)
  return said !== null && phones.includes(said)
}
