/** Mutants that change nothing a test could see, and why. The lines are as they stand in the file, without indentation. */

/** @type {{ file: string, before: string, after: string, why: string }[]} */
export const EQUIVALENT = []
