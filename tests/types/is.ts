/** is<number>()(x): x has this very type. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

export declare function is<Expected>(): <Actual>(
  value: Actual,
  ...differs: Same<Expected, Actual> extends true ? [] : [expected: Expected]
) => void
