import { expect } from '@jest/globals'
import { type StaffName, SUPPORT, startDesk } from '../../support/desk.ts'
import type { DrivenPanel } from './driven-panel.ts'
import { problemsByLimits } from './limits.ts'
import { openRuntime, type Where } from './runtime.ts'
import { problemsBySchema } from './schema.ts'

export type PanelDesk = Awaited<ReturnType<typeof startPanelDesk>>

/** A whole desk and the panel before it: all is real but Google: bundle, runtime, panel, backend and database. */
export async function startPanelDesk() {
  const desk = await startDesk()
  const runtime = await openRuntime({
    origin: 'https://desk.example',
    target: desk.url,
    google: desk.google,
    clock: desk.clock,
    identityToken: ({ email, sub, hd }) => desk.tokenOf(email, sub, hd),
  })
  const shownCards: DrivenPanel[] = []

  function panelOf(email: string, where: Where = {}): DrivenPanel {
    const shown = runtime.panelOf(email, where)
    shownCards.push(shown)
    return shown
  }
  async function openMail(name: StaffName, subject: string): Promise<DrivenPanel> {
    const mail = desk.google.users.mails(desk.staff[name].email).findLast(({ head }) => head.subject === subject)
    if (!mail) throw new Error(`${name} has no mail ${subject}`)
    const shown = panelOf(desk.staff[name].email)
    await shown.panel.openMessage({ messageId: mail.id, threadId: mail.threadId })
    return shown
  }

  const { stop } = desk
  return Object.assign(desk, {
    panelOf,
    spreadsheets: runtime.spreadsheets,
    executions: runtime.executions,
    /** The mail of a customer, as somebody of the team has it; mails about the desk's work lie in the same inbox. */
    openMail,
    async openHomepage(name: StaffName, where: Where = {}): Promise<DrivenPanel> {
      const shown = panelOf(desk.staff[name].email, where)
      await shown.panel.openHomepage()
      return shown
    },
    /** A customer writes; the mail is a ticket. */
    async mailOf(from: string, subject: string): Promise<void> {
      const mail = { from, name: 'Ada Lovell', to: SUPPORT, subject, text: 'It arrived broken.' }
      await desk.google.customers.write(mail)
      await desk.settle()
    },
    /** Every card that was looked at is one that Google takes, and Google never had to show a failure of ours. */
    expectSound(): void {
      for (const { seen } of shownCards.splice(0)) {
        expect(seen.flatMap(problemsByLimits)).toEqual([])
        expect(problemsBySchema(seen)).toEqual([])
      }
      expect(runtime.failures).toEqual([])
    },
    async stop(): Promise<void> {
      await runtime.close()
      await stop()
    },
  })
}
