import type { Language } from '../../../../../shared/settings.ts'
import { da } from './da.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { it } from './it.ts'
import { nl } from './nl.ts'
import { pl } from './pl.ts'
import { pt } from './pt.ts'
import type { Speech } from './speech.ts'
import { sv } from './sv.ts'

/** Every language that the desk knows. */
export const SPEECHES: Record<Language, Speech> = { en, de, fr, es, it, nl, pt, pl, sv, da }
