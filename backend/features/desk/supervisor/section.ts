import type { PanelSection } from '../../../../shared/panel.ts'
import { booksCertificate, mailCertificate } from './certificates.ts'
import { floorLines } from './floor.ts'
import type { Team } from './reading.ts'
import { waitingLines } from './waiting.ts'
import type { Ways } from './ways.ts'

/** How the team stands, in short: what is well stays folded. */
export function teamSection(team: Team, ways: Ways): PanelSection {
  const certificates = [mailCertificate(team, ways), booksCertificate(team, ways)].filter((one) => one !== null)
  const linesOf = (isBad: boolean) => certificates.filter((one) => one.isBad === isBad).map(({ line }) => line)
  const shown = [...floorLines(team, ways), ...waitingLines(team, ways), ...linesOf(true)].filter((one) => one !== null)
  const folded = linesOf(false)
  return { title: 'The team now', folded: folded.length > 0 ? shown.length : null, widgets: [...shown, ...folded] }
}
