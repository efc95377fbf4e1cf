export { maskCodes, maskedCode } from './codes.ts'
export { changeIssue, dropIssue, markIssued, markRefused, openCode, planIssue, type WantedCard } from './issuing.ts'
