import type { Tx } from '../../platform/tenancy.ts'
import { domainOf, emailKey } from '../settings/index.ts'

/** Which addresses are ours. */
export type House = {
  /** Shared addresses and archive accounts, without plus tags. */
  mailboxes: ReadonlySet<string>
  /** Domains of the workspace; staff write from these only. */
  domains: ReadonlySet<string>
  /** Addresses and domains of forms: who is in Reply-To of their mails wrote them. */
  forms?: ReadonlySet<string>
}

export async function houseOf(tx: Tx): Promise<House> {
  const where = { workspaceId: tx.workspaceId }
  const mailboxes = await tx.mailbox.findMany({
    where,
    select: { address: true, archiveAddress: true, kind: true },
  })
  const domains = await tx.domain.findMany({ where, select: { domain: true } })
  const forms = await tx.contactForm.findMany({ where, select: { key: true } })
  return {
    forms: new Set(forms.map(({ key }) => key)),
    mailboxes: new Set(
      mailboxes.flatMap(({ address, archiveAddress, kind }) => [
        plainKey(address),
        ...(kind === 'archive' ? [plainKey(archiveAddress)] : []), // an agent's own address is the agent's
      ]),
    ),
    domains: new Set(domains.map(({ domain }) => domain)),
  }
}

/** The look-up key of an address without its plus tag: support+abc@ is support@. */
export const plainKey = (address: string): string => emailKey(address).replace(/\+[^@]*@/, '@')

export const isMailbox = (house: House, address: string): boolean => house.mailboxes.has(plainKey(address))

export const isInside = (house: House, address: string): boolean => house.domains.has(domainOf(address))

/** Whether an address sends what people filled in on a web page. */
export const isForm = ({ forms }: House, address: string): boolean =>
  forms !== undefined && (forms.has(emailKey(address)) || forms.has(domainOf(address)))

/** A Google Group's List-Id is its address with a dot: <support.shop.example>. */
export const isOwnGroup = (house: House, listIds: readonly string[] = []): boolean =>
  listIds.some((header) => {
    const [, id = ''] = /<([^<>]+)>\s*$/.exec(header) ?? []
    return [...house.mailboxes].some((address) => address.replace('@', '.') === id.toLowerCase())
  })
