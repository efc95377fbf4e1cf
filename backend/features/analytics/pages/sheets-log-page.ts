import { ADMINS } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { formToken, orShowAgain, page, submission, timeIn, type Visit, zoneOf } from '../../settings/index.ts'
import { SheetsLogWish, switchLogOff, switchLogOn } from '../sheets-log/keeping.ts'

const PATH = '/settings/sheets-log'

export const sheetsLogPage = page(PATH, ADMINS, (ctx, visit) => shown(ctx, visit, null), {
  word: 'Log in Google Sheets',
  group: 'Money',
})

export const sheetsLogForm = submission(PATH, ADMINS, (ctx: Ctx, visit: Visit) =>
  orShowAgain(
    async () => {
      if (visit.form.get('act') === 'off') await switchLogOff(ctx, visit.actor)
      else await switchLogOn(ctx, wishIn(visit.form), visit.actor)
      return PATH
    },
    (problem) => shown(ctx, visit, problem),
  ),
)

function wishIn(form: URLSearchParams): SheetsLogWish {
  const wish = SheetsLogWish.safeParse({
    spreadsheet: form.get('spreadsheet') ?? '',
    sheetName: form.get('sheet') ?? '',
    key: form.get('key')?.trim() || null,
  })
  if (wish.success) return wish.data
  throw new DeskError('invalid_request', wish.error.issues.map(({ message }) => message).join(' '))
}

type Seen = {
  log: {
    spreadsheetId: string
    sheetName: string
    clientEmail: string
    on: boolean
    problem: string | null
    writtenAt: Date | null
  } | null
  waiting: number
  zone: string
}

async function shown(ctx: Ctx, visit: Visit, problem: string | null) {
  const { workspaceId } = visit.actor
  const seen = await inWorkspace(
    ctx,
    workspaceId,
    async (tx): Promise<Seen> => ({
      log: await tx.sheetsLog.findUnique({ where: { workspaceId } }),
      waiting: await tx.sheetsLogRow.count({ where: { workspaceId, writtenAt: null } }),
      zone: await zoneOf(tx),
    }),
    { reads: true },
  )
  return { title: 'Log in Google Sheets', body: view(visit, seen, problem) }
}

const view = (visit: Visit, { log, waiting, zone }: Seen, problem: string | null) => html`
  <h1>Log in Google Sheets</h1>
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  <p>Each action that ended is a row: when, who, order, what, reason, what it was worth, and its ticket. The desk only adds rows; what the sheet says counts for nothing.</p>
  ${log && html`<p>The log is <strong class=${log.on ? 'good' : 'bad'}>${log.on ? 'on' : 'off'}</strong>. ${log.writtenAt ? `Last written ${timeIn(zone, log.writtenAt)}.` : 'Nothing has been written yet.'} ${waiting} waiting.</p>`}
  ${log?.problem && html`<p class="bad">${log.problem}</p>`}
  <form method="post" action=${PATH}>${formToken(visit)}
    <label>Address of the spreadsheet<input name="spreadsheet" value=${visit.form.get('spreadsheet') ?? log?.spreadsheetId ?? ''} autocomplete="off" /></label>
    <label>Sheet<small>as its tab says</small><input name="sheet" value=${visit.form.get('sheet') ?? log?.sheetName ?? ''} autocomplete="off" /></label>
    <label>JSON key of the service account<small>${log ? `${log.clientEmail}; empty keeps its key` : 'share the spreadsheet with it as an editor first'}</small><textarea name="key" rows="3" autocomplete="off" spellcheck="false"></textarea></label>
    <p class="row"><button name="act" value="on">Test and switch on</button>${log?.on && html` <button class="second" name="act" value="off">Switch off</button>`}</p>
  </form>`
