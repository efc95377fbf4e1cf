import { z } from 'zod'

const FormValue = z.union([
  z.object({ stringInputs: z.object({ value: z.array(z.string()) }) }),
  z.object({ dateInput: z.object({ msSinceEpoch: z.number() }) }),
  z.object({ timeInput: z.object({ hours: z.int(), minutes: z.int() }) }),
  z.object({ dateTimeInput: z.object({ hasDate: z.boolean(), hasTime: z.boolean(), msSinceEpoch: z.number() }) }),
])
const call = {
  function: z.string(),
  parameters: z.record(z.string(), z.string()).default({}),
  formInputs: z.record(z.string(), FormValue).default({}),
  /** Fields the user emptied; Google's client keeps them to itself and needs them only to draw persisted values. */
  cleared: z.array(z.string()).default([]),
  /** Which of several actions with the same function and parameters was pressed. */
  traits: z.string().optional(),
}

/** What the browser script posts to the host. */
export const PanelRequest = z.discriminatedUnion('act', [
  z.object({ act: z.literal('click'), ...call }),
  z.object({ act: z.literal('suggest'), ...call }),
  z.object({ act: z.literal('back') }),
  z.object({ act: z.literal('choose'), index: z.int() }),
  z.object({ act: z.literal('universal'), index: z.int() }),
  z.object({ act: z.literal('peek') }),
  z.object({ act: z.literal('reload') }),
])
export type PanelRequest = z.input<typeof PanelRequest>

type Asked = z.output<typeof PanelRequest>
export type Click = Omit<Extract<Asked, { act: 'click' }>, 'act' | 'cleared'> & { cleared?: string[] }
