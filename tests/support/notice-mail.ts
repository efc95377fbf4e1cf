import type { Desk, StaffName } from './desk.ts'

export type SeenNotice = { subject: string; text: string; raw: string }

/** What Sidedesk wrote to its own people, as each finds it in their own mailbox; oldest first. */
export function noticesTo(desk: Pick<Desk, 'google' | 'staff'>, name: StaffName): SeenNotice[] {
  const { users } = desk.google
  return users
    .mails(desk.staff[name].email)
    .map((mail) => users.rawOf(mail).toString('utf8'))
    .filter((raw) => /^X-Sidedesk-Notice:/im.test(raw))
    .map((raw) => ({ raw, subject: /^Subject: (.*)$/im.exec(raw)?.[1]?.trim() ?? '', text: unfolded(raw) }))
}

/** The body without the soft line breaks of its encoding. */
const unfolded = (raw: string) =>
  raw
    .slice(raw.indexOf('\r\n\r\n') + 4)
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
