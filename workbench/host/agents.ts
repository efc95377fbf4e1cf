import type { Agent, HostOptions } from './ground.ts'
import { mailboxOf } from './mail/gmail.ts'
import { inboxOf } from './mail/inbox.ts'

const RENEW_BEFORE_MS = 5 * 60_000
const TOKEN_SECONDS = 3600

export const agentsOf = (options: HostOptions): Agent[] => options.staff.map((person) => agentOf(options, person))

function agentOf({ google, shop, clock }: HostOptions, { name, email, role }: HostOptions['staff'][number]): Agent {
  const mailbox = mailboxOf(
    google.url,
    tokenOf(() => google.users.accessToken(email, undefined, TOKEN_SECONDS), clock),
  )
  const { sub, hd } = google.users.get(email)
  const handle = email.split('@')[0] ?? email
  const user = { email, sub, hd, locale: 'en-GB', timeZone: 'Europe/London' }
  return {
    handle,
    name,
    email,
    role,
    user,
    mailbox,
    inbox: inboxOf(mailbox),
    sendsAs: { name: shop.name, address: shop.support },
  }
}

/** A token is asked for once an hour, not for every look into the inbox. */
function tokenOf(issue: () => string, clock: { now(): Date }) {
  let held: { token: string; until: number } | undefined
  return () => {
    const now = clock.now().getTime()
    if (!held || held.until - RENEW_BEFORE_MS < now) held = { token: issue(), until: now + TOKEN_SECONDS * 1000 }
    return held.token
  }
}
