import type vm from 'node:vm'
import { cacheService } from '../cache-service.ts'
import { cardService } from '../card-service/card-service.ts'
import { gmailApp } from '../gmail-app/gmail-app.ts'
import { consoleOf, loggerOf } from '../logging.ts'
import { propertiesService } from '../properties-service.ts'
import { scriptApp } from '../script-app.ts'
import { session } from '../session.ts'
import { charts, spreadsheetApp } from '../spreadsheet/spreadsheet-app.ts'
import { urlFetchApp } from '../url-fetch-app.ts'
import { utilities } from '../utilities/utilities.ts'
import type { Services } from './services.ts'

/** Every service the emulation has; any other global of Apps Script is a ReferenceError here. */
export function installGlobals(context: vm.Context, services: Services): void {
  Object.assign(context, {
    console: consoleOf(services),
    Logger: loggerOf(services),
    CardService: cardService(services.realm),
    Charts: charts(services),
    CacheService: cacheService(services),
    GmailApp: gmailApp(services),
    PropertiesService: propertiesService(services),
    ScriptApp: scriptApp(services),
    Session: session(services),
    SpreadsheetApp: spreadsheetApp(services),
    UrlFetchApp: urlFetchApp(services),
    Utilities: utilities(services),
  })
}
