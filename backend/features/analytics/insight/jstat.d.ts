/** What we call of the library, which comes without types. */
declare module 'jstat' {
  type Jstat = {
    /** Pearson's correlation; NaN when a side never varies. */
    corrcoeff(one: number[], other: number[]): number
    /** Regularised incomplete beta function. */
    ibeta(x: number, a: number, b: number): number
    /** Regularised lower incomplete gamma function. */
    lowRegGamma(a: number, x: number): number
    studentt: { cdf(t: number, degrees: number): number }
  }
  const jstat: Jstat
  export default jstat
}
