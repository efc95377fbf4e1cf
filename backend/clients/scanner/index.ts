export { createScanner, type Scanner, ScannerAway, type Verdict } from './clamd.ts'
