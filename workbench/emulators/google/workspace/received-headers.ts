import { createHash } from 'node:crypto'
import type { Authentication, DmarcPolicy, SeedGroup } from '../seed.ts'

export interface Reception {
  mailbox: string
  recipient: string
  envelopeFrom: string
  fromEmail: string
  authentication: Authentication
  policy: DmarcPolicy
  at: Date
  eol: string
  group?: SeedGroup | undefined
}

/** The lines Google's receiving server puts on top of a mail, newest first. */
export function receivedHeaders(reception: Reception): string {
  const { mailbox, recipient, envelopeFrom, at, eol, group } = reception
  const id = createHash('sha1').update(`${mailbox}${at.getTime()}${envelopeFrom}`).digest('hex').slice(0, 26)
  const returnPath = group ? bounceAddress(group.email, mailbox) : envelopeFrom
  return [
    `Delivered-To: ${mailbox}`,
    `Received: by 2002:a05:7010:${id.slice(0, 4)}:b0:${id.slice(4, 7)}:${id.slice(7, 10)} with SMTP id ${id.slice(10)}; ${mailDate(at)}`,
    `Return-Path: <${returnPath}>`,
    `Received: from ${serverOf(envelopeFrom, group)} by mx.google.com with ESMTPS id ${id} for <${mailbox}> (version=TLS1_3); ${mailDate(at)}`,
    `Received-SPF: ${spfOf(reception)} (google.com: ${returnPath || 'no sender'}) client-ip=203.0.113.7;`,
    `Authentication-Results: ${verdict(reception, returnPath)}`,
    ...(group ? groupLines(reception, group, recipient) : []),
  ]
    .map((line) => line + eol)
    .join('')
}

/** RFC 5322 date in UTC with a numeric zone. */
export const mailDate = (at: Date) => at.toUTCString().replace('GMT', '+0000')

const domainOf = (address: string) => address.split('@')[1] ?? 'unknown'

const serverOf = (envelopeFrom: string, group?: SeedGroup) =>
  group
    ? 'mail-sor-f69.google.com (mail-sor-f69.google.com. [209.85.220.69])'
    : `mail.${domainOf(envelopeFrom)} (mail.${domainOf(envelopeFrom)}. [203.0.113.7])`

const spfOf = ({ authentication, group }: Reception) =>
  group ? 'pass' : authentication === 'none' ? 'none' : authentication

function verdict(reception: Reception, returnPath: string) {
  const { authentication, policy, fromEmail } = reception
  const domain = domainOf(fromEmail)
  const dkim =
    authentication === 'none' ? 'dkim=none' : `dkim=${authentication} header.i=@${domain} header.s=s1 header.b=dGVzdA`
  const dmarc =
    authentication === 'none'
      ? ''
      : `; dmarc=${authentication} (p=${policy.toUpperCase()} sp=NONE dis=NONE) header.from=${domain}`
  return `mx.google.com; ${dkim}; spf=${spfOf(reception)} smtp.mailfrom=${returnPath || 'postmaster'}${dmarc}`
}

function groupLines(reception: Reception, group: SeedGroup, recipient: string) {
  const [local = '', domain = ''] = group.email.split('@')
  return [
    `X-Original-Sender: ${reception.fromEmail}`,
    `X-Original-Authentication-Results: ${verdict({ ...reception, group: undefined }, reception.envelopeFrom)}`,
    'Precedence: list',
    `Mailing-list: list ${group.email}; contact ${local}+owners@${domain}`,
    `List-ID: <${local}.${domain}>`,
    `List-Post: <mailto:${group.email}>`,
    `List-Unsubscribe: <mailto:${local}+unsubscribe@${domain}>`,
    `X-Google-Group-Id: ${Number.parseInt(
      createHash('sha1')
        .update(recipient.split('+')[0] ?? '')
        .digest('hex')
        .slice(0, 10),
      16,
    )}`,
  ]
}

const bounceAddress = (group: string, mailbox: string) => {
  const [local, domain] = group.split('@')
  return `${local}+bnc${createHash('sha1').update(mailbox).digest('hex').slice(0, 12).toUpperCase()}@${domain}`
}
