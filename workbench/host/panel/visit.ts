import {
  eventObject,
  type FormInputs,
  type OpenMessage,
  type Platform,
  type Recipients,
} from '../../apps-script/event-objects.ts'
import type { AppsScript, Caller, Execution, GoogleUser, HostApp } from '../../apps-script/index.ts'
import type { Place } from './panel-state.ts'

export type OpenedMessage = { messageId: string; threadId: string }

export type VisitOptions = {
  appsScript: AppsScript
  user: GoogleUser
  hostApp: HostApp
  platform: Platform
  /** The spreadsheet that is open beside the panel, in Sheets. */
  spreadsheet?: string | undefined
  /** Hears of every execution, for a log the developer can read. */
  onExecution?: ((call: { function: string; caller: Caller }, execution: Execution) => void) | undefined
}

type Wish = {
  name: string
  caller: Caller
  /** Where it was pressed; a trigger was not pressed anywhere. */
  place?: Place
  parameters?: Record<string, string>
  formInputs?: FormInputs
  /** Whether a spinner blocks the panel meanwhile. */
  spins: boolean
}

/** Where the user is: which message or draft is open, what runs for it, and what no longer matters. */
export function visitOf({ appsScript, user, hostApp, platform, spreadsheet, onExecution }: VisitOptions) {
  let opened: OpenedMessage | undefined
  let open: OpenMessage | undefined
  let recipients: Recipients | undefined
  let turn = 0
  let blocked = false

  /** Whatever still runs was for what is left now: its answer is dropped and its spinner stops. */
  function leaveFor(next: OpenedMessage | undefined): void {
    opened = next
    open = next && appsScript.openMessage(user, next)
    blocked = false
    turn++
  }

  /** Runs a function with the event of this moment; undefined when the user has meanwhile gone elsewhere. */
  async function run(wish: Wish): Promise<Execution | undefined> {
    const { name, caller, spins } = wish
    const asked = turn
    const event = eventObject(appsScript.manifest(), moment(wish))
    if (spins) blocked = true
    try {
      const execution = await appsScript.run({ function: name, event, user, caller, spreadsheet })
      onExecution?.({ function: name, caller }, execution)
      return asked === turn ? execution : undefined
    } finally {
      if (spins && asked === turn) blocked = false
    }
  }

  function moment({ place, parameters, formInputs }: Wish) {
    const pressedInSheet = hostApp === 'SHEETS' && place !== undefined
    return {
      hostApp,
      platform,
      user,
      nowMs: appsScript.clock.now().getTime(),
      ...(open && place !== 'home' && { message: open }),
      ...(pressedInSheet && { sheet: { granted: false, id: '', title: '' } }),
      ...(recipients && { draft: recipients }),
      ...(parameters && { parameters }),
      ...(formInputs && { formInputs }),
    }
  }

  return {
    leaveFor,
    run,
    draftOpened: (draft: Recipients) => {
      recipients = draft
    },
    message: () => opened,
    draft: (): Recipients => recipients ?? { to: [], cc: [], bcc: [] },
    blocked: () => blocked,
  }
}
