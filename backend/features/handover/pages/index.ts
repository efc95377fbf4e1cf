import type { Page } from '../../settings/index.ts'
import { handoverForm, handoverPage, leavingForm } from './handover-page.ts'
import { giveForm, leftPage } from './left-page.ts'

export const handoverPages: readonly Page[] = [handoverPage, handoverForm, leavingForm, leftPage, giveForm]
